using PatroniOps.Diagnosis;
using PatroniOps.Postgres;

namespace PatroniOps.Advice.Rules;

/// <summary>max_slot_wal_keep_size against the free disk: without a limit a dead replica's slot fills the primary's disk.</summary>
internal sealed class SlotLimitRule : IAdviceRule
{
    // What may be used of the free space.
    private const double UsablePart = 0.8;
    private const long Megabyte = 1L << 20;
    private const int FirstVersion = 130000;

    private static readonly AdviceTopic Topic = new("max_slot_wal_keep_size", "PostgreSQL, Replication: max_slot_wal_keep_size; our own rule: a primary stopped by a full disk is worse than a rebuild");

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context)
    {
        if (context.ServerVersion is not { } version)
            return [context.Unknown(Topic, $"PostgreSQL's version is not known. {context.LeaderUnknown}")];
        if (version < FirstVersion)
            return [context.Propose(Topic, AdviceStatus.Advice, null, null, "PostgreSQL before 13 has no limit for what slots retain: a dead replica fills the primary's disk. Watch pg_wal, or upgrade.", [])];
        if (context.LeaderSettings is not { } settings || settings.Number(Topic.Setting) is not { } megabytes)
            return [context.Unknown(Topic, context.LeaderUnknown)];
        var growth = Growth(context, settings);
        if (megabytes < 0)
            return [Unlimited(context, growth)];
        var current = $"{megabytes}MB";
        if (growth.Room is not { } room)
            return [context.Unknown(Topic, $"Whether the limit fits on the disk is not known: {growth.Unknown}", AskForDisk(context), current)];
        return megabytes * Megabyte <= room
            ? [context.Ok(Topic, current, "What slots may retain fits on the disk.", growth.Evidence)]
            : [Propose(context, current, room, "What slots may retain does not fit on the disk, so the limit protects nothing.", growth.Evidence)];
    }

    private static ConfigurationAdvice Unlimited(AdviceContext context, (long? Room, string? Unknown, Evidence[] Evidence) growth)
    {
        const string Reason = "There is no limit: the slot of a dead replica retains WAL until the primary's disk is full, and a primary that stops is worse than a replica to rebuild.";
        return growth.Room is { } room
            ? Propose(context, "-1", room, Reason, growth.Evidence)
            : context.Propose(Topic, AdviceStatus.Advice, "-1", null, $"{Reason} The size to set is not known: {growth.Unknown}", []) with { NextCommand = AskForDisk(context) };
    }

    private static ConfigurationAdvice Propose(AdviceContext context, string current, long room, string reason, Evidence[] evidence)
    {
        if (room < context.Snapshot.WalSegmentSize)
            return context.Propose(Topic, AdviceStatus.Advice, current, null, $"{reason} The disk is too small for any limit beside max_wal_size: enlarge it.", [], evidence);
        var value = SettingText.Megabytes(room);
        return context.Propose(Topic, AdviceStatus.Advice, current, value, reason, [Change.Parameter(Topic.Setting, value)], evidence);
    }

    // pg_wal grows to what slots retain and max_wal_size on top; what it holds already is not taken from the free space again.
    private static (long? Room, string? Unknown, Evidence[] Evidence) Growth(AdviceContext context, ServerSettings settings)
    {
        if (context.Options.FreeDisk.Of(context.LeaderName) is not { } free)
            return (null, $"SQL does not tell the free disk on {context.LeaderName}. Connect with -Node, or give -FreeDisk.", []);
        if (context.Snapshot.Leader?.Postgres.Wal.Value is not { } wal)
            return (null, $"pg_wal was not read: {context.Snapshot.Leader?.Postgres.Wal.Reason}", []);
        if (wal.Bytes is not { } held)
            return (null, $"The size of pg_wal on {context.LeaderName} was not read.", []);
        if (settings.Number("max_wal_size") is not { } checkpoint)
            return (null, "max_wal_size was not read.", []);
        var room = (long)(free * UsablePart) + held - (checkpoint * Megabyte);
        return (room / Megabyte * Megabyte, null,
        [
            new("free disk", Words.Bytes(free), "the node, or -FreeDisk"),
            new("pg_wal", Words.Bytes(held), $"{context.LeaderName} pg_ls_waldir"),
            new("max_wal_size", Words.Bytes(checkpoint * Megabyte), $"{context.LeaderName} pg_settings"),
        ]);
    }

    private static string AskForDisk(AdviceContext context) =>
        context.Call("Test-PatroniConfiguration", $" -FreeDisk @{{ {PowerShellText.QuoteAlways(context.LeaderName)} = (Read-Host 'Free bytes on the disk of pg_wal') }}");
}
