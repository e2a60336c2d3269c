using System.Globalization;
using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Retention;

namespace PatroniOps.Advice.Rules;

/// <summary>wal_keep_size (wal_keep_segments before PostgreSQL 13) against the measured rate and the wanted outage.</summary>
internal sealed class WalKeepRule : IAdviceRule
{
    private const string Source = "PostgreSQL, Replication: wal_keep_size; Patroni docs/replication_modes.rst; patroni#3090";

    public IEnumerable<ConfigurationAdvice> Judge(AdviceContext context)
    {
        var outage = context.Options.Outage;
        var measure = context.Call("Measure-WalRetention", $" -Over 1m -Outage {DurationText.Argument(outage)}");
        if (context.ServerVersion is not { } version)
            return [context.Unknown(new AdviceTopic("wal_keep_size", Source), $"PostgreSQL's version is not known. {context.LeaderUnknown}")];
        var topic = new AdviceTopic(WalKeep.NameFor(version), Source);
        var segment = context.Snapshot.WalSegmentSize;
        if (context.LeaderSettings is not { } settings || WalKeep.Bytes(settings, version, segment) is not { } keep)
            return [context.Unknown(topic, context.LeaderUnknown)];
        var current = $"{settings.Number(topic.Setting)}{(topic.Setting == "wal_keep_size" ? "MB" : "")}";
        Evidence[] evidence =
        [
            new("WAL rate", context.Rate.ToString(), $"{context.LeaderName} pg_current_wal_lsn"),
            new("slot of an absent member", SlotLifetime.Of(context.Snapshot).Detail, "GET /config"),
        ];
        if (context.Rate.BytesIn(outage) is not { } need)
            return [context.Unknown(topic, context.Rate.Useless!, measure, current, evidence)];
        if (keep >= need)
            return [context.Ok(topic, current, $"At the measured rate it holds {Words.Duration(context.Rate.TimeFor(keep)!.Value)} of WAL, enough for {Words.Duration(outage)}.", evidence)];
        if (SlotsCover(context, settings, need))
            return [context.Ok(topic, current, $"It holds only {Words.Duration(context.Rate.TimeFor(keep)!.Value)}, but slots keep the WAL of an absent member for {Words.Duration(outage)}.", evidence)];
        return [Raise(context, topic, current, keep, version, evidence)];
    }

    private static ConfigurationAdvice Raise(AdviceContext context, AdviceTopic topic, string current, long keep, int version, Evidence[] evidence)
    {
        var outage = context.Options.Outage;
        var segment = context.Snapshot.WalSegmentSize;
        var reason = $"At the measured rate it holds {Words.Duration(context.Rate.TimeFor(keep)!.Value)} of WAL; a replica that is away for {Words.Duration(outage)}, longer than its slot lives, does not find its way back.";
        if (WalKeep.SizeFor(context.Rate, outage, segment) is not { } size)
            return context.Propose(topic, AdviceStatus.Advice, current, null, $"{reason} No size is enough for that: archive WAL, and set restore_command.", [], evidence);
        var value = WalKeep.ValueFor(size, version, segment);
        var text = Convert.ToString(value, CultureInfo.InvariantCulture);
        if (context.Options.FreeDisk.Of(context.LeaderName) is { } free && size - keep > free)
            return context.Propose(topic, AdviceStatus.Advice, current, null, $"{reason} {text} would be needed, and the disk has only {Words.Bytes(free)} free: archive WAL, and set restore_command.", [], evidence);
        return context.Propose(topic, AdviceStatus.Advice, current, text,
            $"{reason} The size recommended has {WalKeep.Headroom:P0} of headroom; every node needs that much disk.", [Change.Parameter(topic.Setting, value)], evidence);
    }

    // True only when it is known that they do.
    private static bool SlotsCover(AdviceContext context, ServerSettings settings, double need)
    {
        var lifetime = SlotLifetime.Of(context.Snapshot);
        if (!lifetime.IsForever && !(lifetime.Time >= context.Options.Outage))
            return false;
        return settings.Number("max_slot_wal_keep_size") is { } megabytes && (megabytes < 0 || megabytes * (double)(1L << 20) >= need);
    }
}
