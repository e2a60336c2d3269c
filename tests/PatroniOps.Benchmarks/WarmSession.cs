using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using PatroniOps.Lab;

namespace PatroniOps.Benchmarks;

/// <summary>A PowerShell session that is connected already, as an operator's or a monitoring job's is.</summary>
internal sealed class WarmSession : IDisposable
{
    private readonly Runspace runspace;
    private readonly int members;

    public WarmSession(Product product, LabConnection lab)
    {
        members = lab.Members.Count;
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([product.Manifest]);
        runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Connect-PatroniCluster")
            .AddParameter("Uri", lab.Members.Select(member => member.Api).ToArray())
            .AddParameter("PostgresCredential", Credential(lab.Credentials.Observer));
        Checked(shell, 1);
    }

    /// <summary>Everything that tells a healthy cluster from a broken one, read anew by each of the three.</summary>
    public void Diagnose()
    {
        Run("Test-WalAvailability", members - 1);
        Run("Get-PatroniSlot", members - 1);
        Run("Get-PatroniMember", members);
    }

    /// <summary>Runs a cmdlet that gives one object.</summary>
    public PSObject One(string cmdlet, params IReadOnlyList<(string Name, object Value)> parameters)
    {
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand(cmdlet);
        foreach (var (name, value) in parameters)
            shell.AddParameter(name, value);
        return Checked(shell, 1)[0];
    }

    public void Dispose() => runspace.Dispose();

    private void Run(string cmdlet, int least)
    {
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand(cmdlet);
        Checked(shell, least);
    }

    private static System.Collections.ObjectModel.Collection<PSObject> Checked(PowerShell shell, int least)
    {
        var results = shell.Invoke();
        if (shell.HadErrors || results.Count < least)
            throw new InvalidOperationException($"{shell.Commands.Commands[0].CommandText} gave {results.Count} objects; errors: {string.Join("; ", shell.Streams.Error)}");
        return results;
    }

    private static PSCredential Credential(LabLogin login)
    {
        var secret = new SecureString();
        foreach (var character in login.Password)
            secret.AppendChar(character);
        secret.MakeReadOnly();
        return new PSCredential(login.Username, secret);
    }
}
