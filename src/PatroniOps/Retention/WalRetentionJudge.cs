using PatroniOps.Advice;
using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Retention;

/// <summary>Works out how long a replica may be away. Pure: the same snapshot and rate give the same answer anywhere.</summary>
public static class WalRetentionJudge
{
    // Any of these is enough; the others set ends to the slot.
    private static readonly WalRetentionSourceKind[] Providers = [WalRetentionSourceKind.WalKeepSize, WalRetentionSourceKind.Slot, WalRetentionSourceKind.Archive];

    /// <param name="snapshot">The cluster.</param>
    /// <param name="outage">How long a replica is to be able to stay away; null asks for no recommendation.</param>
    /// <param name="disk">Free space, where it is known.</param>
    /// <param name="rate">A rate that was measured for this; null takes the snapshot's own.</param>
    public static WalRetention Judge(ClusterSnapshot snapshot, TimeSpan? outage = null, FreeDisk? disk = null, WalRate? rate = null)
    {
        disk = (disk ?? FreeDisk.Unknown).Or(snapshot);
        rate ??= WalRate.FromSnapshot(snapshot);
        var sources = new RetentionSources(snapshot, rate, disk).All();
        var providers = sources.Where(s => Providers.Contains(s.Source)).ToList();
        var isUnlimited = providers.Any(s => s.IsUnlimited);
        var best = isUnlimited ? null : providers.Where(s => s.SurvivableFor is not null).MaxBy(s => s.SurvivableFor);
        var isOpen = !isUnlimited && providers.Any(s => s.Unknown is not null || s.IsLowerBound);
        // Nothing certain is not a certain nothing.
        var survivable = best?.SurvivableFor is { } time && (time > TimeSpan.Zero || !isOpen) ? time : (TimeSpan?)null;
        var retention = new WalRetention
        {
            ConnectionId = snapshot.ConnectionId,
            Cluster = snapshot.Cluster,
            Rate = rate,
            Sources = sources,
            SurvivableFor = survivable,
            IsUnlimited = isUnlimited,
            IsLowerBound = isOpen,
            BreaksFirst = survivable is null || isOpen ? null : EndOf(best!, sources),
            Outage = outage,
            IsOutageSurvivable = outage is not { } wanted ? null : isUnlimited || survivable >= wanted ? true : isOpen || survivable is null ? null : false,
            Notes = Notes(rate, sources, isOpen),
            TakenAt = snapshot.TakenAt,
        };
        return Recommend(retention, snapshot, disk);
    }

    // The slot itself ends by the first of its limits.
    private static WalRetentionSourceKind EndOf(WalRetentionSource best, IReadOnlyList<WalRetentionSource> sources) =>
        best.Source != WalRetentionSourceKind.Slot ? best.Source
            : sources.Where(s => !Providers.Contains(s.Source) && s.SurvivableFor == best.SurvivableFor).Select(s => s.Source).FirstOrDefault(WalRetentionSourceKind.Slot);

    private static List<string> Notes(WalRate rate, IReadOnlyList<WalRetentionSource> sources, bool isOpen)
    {
        var notes = new List<string>();
        if (rate.Useless is { } useless)
            notes.Add(useless);
        if (isOpen && rate.Useless is null)
            notes.Add($"It may be longer: {string.Join(", ", sources.Where(s => Providers.Contains(s.Source) && (s.Unknown is not null || s.IsLowerBound)).Select(s => s.Source))} not known in full.");
        var disk = sources.First(s => s.Source == WalRetentionSourceKind.Disk);
        var slot = sources.First(s => s.Source == WalRetentionSourceKind.Slot);
        if (disk.SurvivableFor is { } full && slot.SurvivableFor == full)
            notes.Add("The disk is full before anything ends the slot: the primary itself stops. Set max_slot_wal_keep_size below the free space.");
        return notes;
    }

    private static WalRetention Recommend(WalRetention retention, ClusterSnapshot snapshot, FreeDisk disk)
    {
        var call = $"Measure-WalRetention -Cluster {PowerShellText.Quote(snapshot.Cluster)} -Over 5m{(retention.Outage is { } o ? $" -Outage {DurationText.Argument(o)}" : "")}";
        if (retention.Rate.Useless is not null)
            return retention with { NextCommand = call };
        if (retention.Outage is not { } outage || WalKeep.SizeFor(retention.Rate, outage, snapshot.WalSegmentSize) is not { } size)
            return retention with { NextCommand = $"Test-PatroniConfiguration -Cluster {PowerShellText.Quote(snapshot.Cluster)}" };
        var kept = retention.Sources.First(s => s.Source == WalRetentionSourceKind.WalKeepSize).Bytes;
        var note = $"The recommended size is the measured rate over {Words.Duration(outage)}, {WalKeep.Headroom:P0} of headroom, in whole segments.";
        retention = retention with { RecommendedWalKeepSize = size, Notes = [.. retention.Notes, note] };
        if (snapshot.Leader is not { } leader || (leader.Postgres.State.Value?.Version ?? leader.Patroni.Value?.ServerVersion) is not { } version || kept is null || kept >= size)
            return retention;
        if (disk.Of(leader.Name) is { } free && size - kept > free)
            return retention with { Notes = [.. retention.Notes, $"The disk of {leader.Name} does not hold it: {Words.Bytes(free)} are free. Archive WAL instead."] };
        var command = PatchCommand.Of(snapshot.Cluster, [Change.Parameter(WalKeep.NameFor(version), WalKeep.ValueFor(size, version, snapshot.WalSegmentSize))]);
        return retention with { Command = command, NextCommand = command };
    }
}
