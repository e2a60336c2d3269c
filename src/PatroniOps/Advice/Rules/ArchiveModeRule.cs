namespace PatroniOps.Advice.Rules;

/// <summary>archive_mode: off, WAL that the members no longer have is gone.</summary>
internal sealed class ArchiveModeRule : IAdviceRule
{
    private static readonly AdviceTopic Topic = new("archive_mode", "PostgreSQL, Continuous Archiving; Patroni docs/replication_modes.rst", NeedsRestart: true);

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context)
    {
        if (context.LeaderSettings is not { IsArchiving: { } isArchiving } settings)
            yield return context.Unknown(Topic, context.LeaderUnknown);
        else if (isArchiving)
            yield return context.Ok(Topic, settings.Values[Topic.Setting], "WAL is archived; Test-PatroniCluster tells whether the archiver succeeds.");
        else
            yield return context.Propose(Topic, AdviceStatus.Advice, "off", "on",
                "Nothing is archived: a replica whose WAL the primary has recycled can only be rebuilt, and there is no point-in-time recovery.",
                [Change.Parameter("archive_mode", "on"), Change.Parameter("archive_command", new Ask("archive_command"))]);
    }
}
