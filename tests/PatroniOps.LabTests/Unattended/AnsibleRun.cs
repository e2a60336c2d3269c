using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Unattended;

/// <summary>Runs a playbook with the real ansible-playbook and the collection of this repository, as its user would, against a lab.</summary>
internal sealed record AnsibleRun(int ExitCode, string Output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(25);
    private static readonly string Root = Path.GetDirectoryName(ModuleSession.Manifest)!;

    /// <summary>How many tasks changed something, by the recap.</summary>
    public int Changed => Sum("changed");

    public int Failed => Sum("failed");

    /// <summary>Runs one.</summary>
    /// <param name="lab">The lab; each member is a host of the inventory.</param>
    /// <param name="playbook">Text of a playbook, or the name of one in the collection.</param>
    /// <param name="variables">For all hosts.</param>
    /// <param name="options">Such as <c>--check</c>.</param>
    public static async Task<AnsibleRun> PlayAsync(LabCluster lab, string playbook, JsonObject? variables = null, params IReadOnlyList<string> options)
    {
        var folder = Path.Combine(lab.Paths.Directory, "ansible");
        Directory.CreateDirectory(folder);
        if (playbook.Contains('\n', StringComparison.Ordinal))
        {
            var file = Path.Combine(folder, "play.yml");
            await File.WriteAllTextAsync(file, playbook);
            playbook = file;
        }
        var inventory = Path.Combine(folder, "inventory.json");
        await File.WriteAllTextAsync(inventory, Inventory(lab, folder, variables).ToJsonString());
        var info = new ProcessStartInfo("ansible-playbook", ["-i", inventory, playbook, .. options]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        // Everything of Ansible's stays in the lab's folder.
        info.Environment["ANSIBLE_COLLECTIONS_PATH"] = info.Environment["ANSIBLE_COLLECTIONS_PATHS"] = Path.Combine(Root, "examples", "ansible", "collections");
        info.Environment["ANSIBLE_HOME"] = folder;
        info.Environment["ANSIBLE_LOCAL_TEMP"] = info.Environment["ANSIBLE_REMOTE_TMP"] = Path.Combine(folder, "tmp");
        info.Environment["ANSIBLE_NOCOLOR"] = info.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using var process = Process.Start(info)!;
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return new AnsibleRun(process.ExitCode, await output + await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>It ended well.</summary>
    public AnsibleRun Succeeded()
    {
        Assert.True(ExitCode == 0 && Failed == 0, Output);
        return this;
    }

    private static JsonObject Inventory(LabCluster lab, string folder, JsonObject? variables)
    {
        var logins = lab.Connection.Credentials;
        var all = new JsonObject
        {
            ["ansible_connection"] = "local",
            ["ansible_python_interpreter"] = "/usr/bin/python3",
            ["patroni_uri"] = new JsonArray([.. lab.Members.Select(m => (JsonNode)m.ApiUri.ToString())]),
            ["patroni_rest_user"] = logins.Rest.Username,
            ["patroni_rest_password"] = logins.Rest.Password,
            ["patroni_postgres_user"] = logins.Observer.Username,
            ["patroni_postgres_password"] = logins.Observer.Password,
            ["patroniops_executable"] = ModuleSession.HostProgram,
            ["patroniops_state"] = Path.Combine(folder, "state"),
        };
        foreach (var (name, value) in variables ?? [])
            all[name] = value?.DeepClone();
        return new JsonObject
        {
            ["all"] = new JsonObject
            {
                ["vars"] = all,
                ["children"] = new JsonObject { ["patroni"] = new JsonObject { ["hosts"] = new JsonObject(lab.Members.Select(m => KeyValuePair.Create(m.Name, (JsonNode?)Host(lab, m)))) } },
            },
        };
    }

    private static JsonObject Host(LabCluster lab, LabMember member)
    {
        var host = new JsonObject { ["patroni_member"] = member.Name, ["patroni_config_path"] = member.Addresses.PatroniConfig };
        foreach (var verb in new[] { "stop", "start", "status" })
            host[$"patroni_{verb}_command"] = new JsonArray([.. LabNode.Arguments(lab, member, verb).Select(a => (JsonNode)a)]);
        return host;
    }

    private int Sum(string counter) =>
        Regex.Matches(Output[Output.LastIndexOf("PLAY RECAP", StringComparison.Ordinal)..], $@"\b{counter}=(\d+)").Sum(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));
}
