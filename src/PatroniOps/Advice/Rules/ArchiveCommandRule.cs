namespace PatroniOps.Advice.Rules;

/// <summary>archive_command: empty while archive_mode is on, WAL piles up; one that does nothing throws WAL away.</summary>
internal sealed class ArchiveCommandRule : IAdviceRule
{
    private static readonly AdviceTopic Topic = new("archive_command", "PostgreSQL, Write Ahead Log: archive_command, archive_library");
    private static readonly string[] DoNothing = ["true", "/bin/true", "/usr/bin/true", ":", "exit 0"];

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context)
    {
        if (context.LeaderSettings is not { IsArchiving: { } isArchiving } settings)
        {
            yield return context.Unknown(Topic, context.LeaderUnknown);
            yield break;
        }
        if (!isArchiving)
            yield break;
        var library = settings.Values.GetValueOrDefault("archive_library");
        var command = settings.Values.GetValueOrDefault("archive_command");
        IReadOnlyList<Change> changes = [Change.Parameter("archive_command", new Ask("archive_command"))];
        if (!string.IsNullOrEmpty(library))
            yield return context.Ok(Topic, command, $"The library {library} archives.");
        else if (command is null)
            yield return context.Unknown(Topic, "The server did not show archive_command to this role: it must be in pg_monitor.");
        else if (command.Trim() is "" or "(disabled)")
            yield return context.Propose(Topic, AdviceStatus.Wrong, command, null,
                "archive_mode is on and there is no command: nothing is archived, and pg_wal keeps every segment until the disk is full.", changes);
        else if (DoNothing.Contains(command.Trim()))
            yield return context.Propose(Topic, AdviceStatus.Advice, command, null, "The command succeeds and stores nothing: WAL counts as archived and is thrown away.", changes);
        else
            yield return context.Ok(Topic, command, "There is a command; Test-PatroniCluster tells whether it succeeds.");
    }
}
