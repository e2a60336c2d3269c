using PatroniOps.Diagnosis;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>What must hold before WAL is brought to a member. Pure, from a fresh snapshot.</summary>
public static class WalRestorePreflight
{
    /// <summary>All conditions, each judged.</summary>
    public static IReadOnlyList<PreflightCheck> Check(string member, ClusterSnapshot snapshot) => WalRestoreView.Of(member, snapshot) is { } view
        ? [Standby(view), History(view), Settings(view), Missing(view), Findable(view)]
        : [Unknown(member, snapshot)];

    private static PreflightCheck Unknown(string member, ClusterSnapshot snapshot)
    {
        const string name = "the member is a replica";
        return snapshot.Members.FirstOrDefault(m => string.Equals(m.Name, member, StringComparison.OrdinalIgnoreCase)) is { IsLeader: true }
            ? new(name, false, $"{member} is the leader")
            : new(name, snapshot.View.IsKnown ? false : null, snapshot.View.Reason ?? $"cluster {snapshot.Cluster} has no member {member}. It has {string.Join(", ", snapshot.Members.Select(m => m.Name))}");
    }

    private static PreflightCheck Standby(WalRestoreView view)
    {
        const string name = "its PostgreSQL waits as a standby";
        if (view.Target.Postgres.State.Value is not { } state)
            return new(name, null, $"it was not read: {view.Target.Postgres.State.Reason}");
        return state.IsInRecovery != true ? new(name, state.IsInRecovery, "its PostgreSQL takes writes")
            : state.IsReplayPaused == true ? new(name, false, "its replay is paused: run SELECT pg_wal_replay_resume() there first")
            : new(name, true, $"it is in recovery at {view.Availability.NeededLsn}");
    }

    private static PreflightCheck History(WalRestoreView view)
    {
        const string name = "its history is the leader's";
        if (ReplicationCheck.IsForeign(view.Target, view.Snapshot))
            return new(name, false, "it holds another database cluster");
        return ReplicationCheck.IsDiverged(view.Target, view.Snapshot) switch
        {
            true => new(name, false, view.Availability.Reason),
            false => new(name, true, $"timeline {view.Target.Timeline}"),
            null => new(name, null, "position, timeline or /history was not read"),
        };
    }

    private static PreflightCheck Settings(WalRestoreView view)
    {
        const string name = "its settings are known";
        return view.Target.Postgres.Settings.Value is not { } settings ? new(name, null, $"they were not read: {view.Target.Postgres.Settings.Reason}")
            : settings.IsArchiving is null ? new(name, null, "archive_mode was not read")
            : new(name, true, settings.RestoreCommand is "" ? "no restore_command" : "its restore_command is asked first");
    }

    private static PreflightCheck Missing(WalRestoreView view)
    {
        const string name = "WAL is missing";
        if (view.Availability.Status == WalAvailabilityStatus.Streaming)
            return new(name, false, view.Availability.Reason);
        if (view.Need is not { IsUpstreamRead: true })
            return new(name, null, view.Availability.Reason);
        return view.Missing is { Count: > 0 and var count } missing
            ? new(name, true, $"{count} segments from {missing[0]} on")
            : new(name, false, view.Availability.Reason);
    }

    // What no place that was read has may still come from a restore_command with an archive that was not looked into, but not the first one:
    // the member has asked for that in vain.
    private static PreflightCheck Findable(WalRestoreView view)
    {
        const string name = "what is missing is somewhere";
        if (view.Need is not { IsUpstreamRead: true } need || need.NotUpstream.First is not { } first)
            return new(name, null, "it is not known what is missing");
        if (need.Nowhere.First is not { } nowhere)
            return new(name, true, string.Join("; ", view.Availability.Sources.Where(s => s.Kind != WalSourceKind.Upstream)));
        var mayBeRestored = view.Target.Postgres.Settings.Value?.RestoreCommand is not "" && !need.AreArchivesRead && nowhere != first;
        var unread = view.Availability.Sources.Where(s => s.Unknown is not null).Select(s => s.Name).ToList();
        return mayBeRestored
            ? new(name, true, $"what no member has is left to its restore_command, from {Name(nowhere, view)} on")
            : new(name, unread.Count == 0 ? false : null, $"no place that was read has {Name(nowhere, view)}{(unread.Count == 0 ? ": the member must be rebuilt" : $"; not read: {string.Join(", ", unread)}")}");
    }

    private static string Name((uint Timeline, ulong Number) segment, WalRestoreView view) => new WalSegment(segment.Timeline, segment.Number, view.Snapshot.WalSegmentSize).Name;
}
