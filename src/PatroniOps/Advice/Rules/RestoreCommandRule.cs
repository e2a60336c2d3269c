namespace PatroniOps.Advice.Rules;

/// <summary>restore_command: empty while WAL is archived, a replica does not look into the archive.</summary>
internal sealed class RestoreCommandRule : IAdviceRule
{
    private const int ReloadableSince = 140000;

    private static readonly AdviceTopic Topic = new("restore_command", "PostgreSQL, Write Ahead Log: restore_command; Patroni docs/replication_modes.rst");

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context)
    {
        if (context.LeaderSettings is not { IsArchiving: { } isArchiving })
            return [context.Unknown(Topic, context.LeaderUnknown)];
        // Without an archive there is nothing to restore from.
        if (!isArchiving || context.Snapshot.Members.All(m => m.IsLeader))
            return [];
        // Where it was not read, the next restart may or may not be needed: the careful answer is yes.
        var topic = Topic with { NeedsRestart = !(context.ServerVersion >= ReloadableSince) };
        return
        [
            context.FromMembers(topic, context.OnMembers(Topic.Setting, (_, value) => value.Trim().Length > 0, m => !m.IsLeader), AdviceStatus.Advice, null,
                "Every replica can fetch archived WAL.",
                "WAL is archived, but a replica that the primary no longer has WAL for does not look into the archive, and stays behind for ever.",
                [Change.Parameter(Topic.Setting, new Ask("restore_command"))]),
        ];
    }
}
