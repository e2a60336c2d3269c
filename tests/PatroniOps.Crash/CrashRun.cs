using System.Diagnostics;
using System.Net;
using PatroniOps.Connections;
using PatroniOps.Lab;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Recovery;
using PatroniOps.Recovery.Journals;
using PatroniOps.Recovery.Reinitializations;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Crash;

/// <summary>One rebuild, and its undo where the crash is to come in that, with the crash.</summary>
internal sealed class CrashRun(LabCluster lab, CrashOptions options)
{
    // Long enough for a program to have been started, short enough for it not to have ended.
    private static readonly TimeSpan Midway = TimeSpan.FromMilliseconds(250);

    private readonly LabMember member = lab.Member(options.Member);
    private Task crash = Task.CompletedTask;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var logins = lab.Connection.Credentials;
        var connection = await PatroniConnection.OpenAsync(
            new ConnectionOptions
            {
                Seeds = [.. lab.Members.Select(m => m.ApiUri)],
                Rest = new PatroniRestOptions { Credential = new NetworkCredential(logins.Rest.Username, logins.Rest.Password) },
                Postgres = new PostgresOptions { Credential = new NetworkCredential(logins.Observer.Username, logins.Observer.Password) },
            },
            new ProfileStore(StateFolder.Path), TimeProvider.System, cancellationToken);
        using var open = connection;
        await (options.Method == ReplicaRebuildMethod.Reinitialize ? ReinitializeAsync(connection, cancellationToken) : RebuildAsync(connection, cancellationToken));
        await crash;
    }

    private async Task RebuildAsync(PatroniConnection connection, CancellationToken cancellationToken)
    {
        var journals = new JournalStore(StateFolder.Path);
        var rebuilder = new ReplicaRebuilder(connection, journals, _ => { }, Hear);
        var draft = await rebuilder.DraftAsync(Request(), cancellationToken);
        await rebuilder.RunAsync(draft, null, cancellationToken);
        if (options.Point is CrashPoint.UndoBegun or CrashPoint.Undone)
            await rebuilder.UndoAsync(journals.Find(draft.Job.Id)!, cancellationToken);
    }

    private async Task ReinitializeAsync(PatroniConnection connection, CancellationToken cancellationToken)
    {
        var reinitializer = new Reinitializer(connection, new JournalStore(StateFolder.Path), TimeSpan.FromMinutes(2), _ => { }, Hear);
        await reinitializer.RunAsync(member.Name, await connection.CollectAnewAsync(cancellationToken), cancellationToken);
    }

    private RebuildRequest Request() => new()
    {
        Member = member.Name,
        Method = options.Method,
        PatroniConfigPath = member.Addresses.PatroniConfig,
        Service = new ServiceOptions { Kind = ServiceKind.Commands, StopCommand = Command("stop"), StartCommand = Command("start"), StatusCommand = Command("status") },
        SoakTime = TimeSpan.FromSeconds(1),
    };

    private string[] Command(string verb) => [Path.Combine(AppContext.BaseDirectory, "patroniops-lab"), "member", verb, member.Name, "--directory", lab.Paths.Directory];

    private void Hear(StepMoment moment)
    {
        Console.WriteLine(moment);
        if (moment.Step != options.Step || moment.Phase != Event(options.Point))
            return;
        if (options.Point == CrashPoint.Midway)
            crash = Task.Run(async () =>
            {
                await Task.Delay(Midway);
                await CrashAsync();
            });
        else
            CrashAsync().GetAwaiter().GetResult();
    }

    private static JournalEvent Event(CrashPoint point) => point switch
    {
        CrashPoint.Begun or CrashPoint.Midway => JournalEvent.Begun,
        CrashPoint.Done => JournalEvent.Done,
        CrashPoint.Finished => JournalEvent.Finished,
        CrashPoint.UndoBegun => JournalEvent.UndoBegun,
        _ => JournalEvent.Undone,
    };

    private async Task CrashAsync()
    {
        if (options.Target != CrashTarget.Tool)
            await member.KillAsync();
        if (options.Target != CrashTarget.Node)
            Process.GetCurrentProcess().Kill();
    }
}
