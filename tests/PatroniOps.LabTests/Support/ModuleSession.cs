using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Lab;
using PatroniOps.Lab.StandIn;

namespace PatroniOps.LabTests.Support;

/// <summary>A PowerShell session with the module imported by its manifest, as a user has it.</summary>
internal sealed class ModuleSession : IDisposable
{
    /// <summary>The module's manifest, in the repository's root.</summary>
    public static readonly string Manifest = FindManifest();

    private readonly Runspace runspace;

    /// <summary>The program <c>patroniops</c>, which has the same module.</summary>
    public static string HostProgram { get; } = Path.Combine(Path.GetDirectoryName(Manifest)!, "src/PatroniOps.Host/bin/Release/net10.0/patroniops");

    private ModuleSession(IEnumerable<(string Name, object Value)> variables)
    {
        var state = InitialSessionState.CreateDefault2();
        foreach (var (name, value) in variables)
            state.Variables.Add(new SessionStateVariableEntry(name, value, null));
        state.Variables.Add(new SessionStateVariableEntry("manifest", Manifest, null));
        runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        Run<object>("Import-Module -Name $manifest -ErrorAction Stop");
    }

    /// <summary>A session that is not connected. Scripts find $seeds, $rest, $observer, $replication, $superuser, $wrongReplication, $wrong and $wrongObserver.</summary>
    public static ModuleSession Open(LabCluster lab)
    {
        var logins = lab.Connection.Credentials;
        return new ModuleSession(
        [
            ("seeds", lab.Members.Select(member => member.ApiUri).ToArray()),
            ("rest", Credential(logins.Rest)),
            ("observer", Credential(logins.Observer)),
            ("replication", Credential(logins.Replication)),
            ("superuser", Credential(logins.Superuser)),
            ("wrongReplication", Credential(logins.Replication with { Password = "wrong" })),
            ("wrong", Credential(logins.Rest with { Password = "wrong" })),
            ("wrongObserver", Credential(logins.Observer with { Password = "wrong" })),
        ]);
    }

    /// <summary>A session that is not connected. Scripts find $seeds, one address of each cluster, and $observer.</summary>
    public static ModuleSession Open(FleetStandIn fleet) => new(
    [
        ("seeds", fleet.Clusters.Select(cluster => cluster.Members[0].ApiUri).ToArray()),
        ("observer", Credential(new LabLogin("observer", "any"))),
    ]);

    /// <summary>A session connected to the lab.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="more">Further arguments, such as <c>-Timeout 2</c>.</param>
    public static ModuleSession Connect(LabCluster lab, string more = "")
    {
        var session = Open(lab);
        try
        {
            session.One<PatroniConnection>($"Connect-PatroniCluster -Uri $seeds -Credential $rest -PostgresCredential $observer {more}");
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs a script and keeps whatever comes.</summary>
    public Answer Invoke(string script)
    {
        using var shell = PowerShell.Create(runspace);
        var output = shell.AddScript(script).Invoke();
        return new Answer([.. output.Select(item => item.BaseObject)], [.. shell.Streams.Error], [.. shell.Streams.Warning.Select(w => w.Message)]);
    }

    /// <summary>Starts a script that goes on until it is disposed; the session is its own meanwhile.</summary>
    public RunningScript Start(string script, Action<object> onObject) => new(PowerShell.Create(runspace).AddScript(script), onObject);

    /// <summary>Runs a script that must not report an error.</summary>
    public IReadOnlyList<T> Run<T>(string script)
    {
        var answer = Invoke(script);
        Assert.True(answer.Errors.Count == 0, $"{script}: {string.Join(Environment.NewLine, answer.Errors)}");
        return answer.All<T>();
    }

    /// <summary>Runs a script that gives one object and no error.</summary>
    public T One<T>(string script) => Assert.Single(Run<T>(script));

    /// <summary>Test-WalAvailability of one member; errors about what could not be read are allowed.</summary>
    public WalAvailability Wal(string member) =>
        Assert.Single(Invoke($"Test-WalAvailability -Member {member}").All<WalAvailability>());

    /// <summary>Test-WalAvailability -Quiet.</summary>
    public bool IsWalAvailable() => Assert.Single(Invoke("Test-WalAvailability -Quiet").All<bool>());

    public void Dispose() => runspace.Dispose();

    private static PSCredential Credential(LabLogin login)
    {
        var password = new System.Security.SecureString();
        foreach (var character in login.Password)
            password.AppendChar(character);
        return new PSCredential(login.Username, password);
    }

    private static string FindManifest()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "PatroniOps.psd1") is var file && File.Exists(file))
                return file;
        throw new FileNotFoundException($"There is no PatroniOps.psd1 above {AppContext.BaseDirectory}.");
    }
}
