using System.Management.Automation;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Commands;

/// <summary>Tells what a snapshot could not read: an error for each part, a warning where nothing was configured to read it with.</summary>
internal static class SnapshotFailures
{
    public static void Report(ClusterSnapshot snapshot, Action<ErrorRecord> error, Action<string> warning)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);

        void Tell<T>(Reading<T> reading, string target) where T : class
        {
            if (reading is not { Failure: { } kind, Reason: { } reason } || !told.Add(reason))
                return;
            if (kind != FailureKind.NotConfigured)
                error(Failure.Record(kind, reason, target));
            else if (told.Add("not configured"))
                warning(reason);
        }

        Tell(snapshot.View, snapshot.Cluster);
        // An absent member is expected not to answer: it is reported as absent.
        foreach (var member in snapshot.Members.Where(m => !m.IsAbsent))
        {
            Tell(member.Patroni, member.Name);
            Tell(member.Postgres.State, member.Name);
            Tell(member.Postgres.Slots, member.Name);
            Tell(member.Postgres.Wal, member.Name);
            Tell(member.Postgres.Senders, member.Name);
            Tell(member.Postgres.Receivers, member.Name);
        }
        foreach (var archive in snapshot.Archives)
            Tell(archive.Ranges, archive.Location);
    }
}
