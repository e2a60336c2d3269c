namespace PatroniOps.Lab.Cli;

/// <summary>One member's Patroni as a service manager would run it: status exits with 0 while it runs and with 3 when it does not.</summary>
internal static class MemberCommand
{
    private const int NotRunning = 3;

    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Words is not [_, var verb, var name])
            throw new UsageException("member needs start, stop or status, and the member's name.");
        await using var cluster = await LabCluster.AttachAsync(arguments.Options.Directory, cancellationToken);
        var member = cluster.Member(name);
        switch (verb)
        {
            case "start":
                if (member.Patroni is null)
                    member.Start();
                return 0;
            case "stop":
                await member.StopPatroniAsync(cancellationToken);
                return 0;
            case "status":
                Console.WriteLine(member.Patroni is null ? "stopped" : "running");
                return member.Patroni is null ? NotRunning : 0;
            default:
                throw new UsageException($"member takes start, stop or status, not {verb}.");
        }
    }
}
