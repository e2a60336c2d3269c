using System.Globalization;
using System.Net;

namespace PatroniOps.Diagnosis.Rules;

/// <summary>ReceiverStale, WrongUpstream: a receiver that looks connected and hears nothing, or is connected to the wrong node.</summary>
internal sealed class ReceiverRule : IDiagnosisRule
{
    /// <summary>It calls itself streaming and has heard nothing for longer than the timeouts of both ends allow.</summary>
    public static bool IsStale(ReplicaLink link) => link.Replica.Receiver?.Status == "streaming" && ReplicationCheck.IsFresh(link) == false;

    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        foreach (var link in context.StreamingCandidates)
        {
            if (link.Replica.Receiver is not { } receiver)
                continue;
            if (IsStale(link))
                yield return New("ReceiverStale", FindingSeverity.Critical, FindingArea.Service, link, context,
                    $"{link.Replica.Name}'s WAL receiver calls itself streaming and has heard nothing since {receiver.LastMessageReceivedAt:u}.",
                    "The receiver hangs (a stopped process, a dead connection, a full disk).");
            else if (IsSomebodyElse(link))
                yield return New("WrongUpstream", FindingSeverity.Warning, FindingArea.Service, link, context,
                    $"{link.Replica.Name} receives from {receiver.SenderHost}:{receiver.SenderPort}, and should from {link.Upstream!.Name} at {link.Upstream.Host}:{link.Upstream.Port}.",
                    "Its primary_conninfo was not renewed after a switchover, or was set by hand.");
        }
    }

    // Names and addresses of one host differ: only two addresses, or another port, prove another node.
    private static bool IsSomebodyElse(ReplicaLink link)
    {
        if (link.Replica.Receiver is not { SenderHost: { } host, SenderPort: { } port } || link.Upstream is not { Host: { } wantedHost, Port: { } wantedPort } || link.Sender is not null)
            return false;
        return port != wantedPort || (IPAddress.TryParse(host, out var actual) && IPAddress.TryParse(wantedHost, out var wanted) && !actual.Equals(wanted));
    }

    private static Finding New(string id, FindingSeverity severity, FindingArea area, ReplicaLink link, DiagnosisContext context, string message, string cause) => new()
    {
        Id = id,
        Member = link.Replica.Name,
        Severity = severity,
        Area = area,
        Message = message,
        Cause = cause,
        NextCommand = context.Command("Get-PatroniReplication"),
        Evidence =
        [
            new("last message", link.Replica.Receiver?.LastMessageReceivedAt?.ToString("u", CultureInfo.InvariantCulture) ?? "unknown", $"{link.Replica.Name} pg_stat_wal_receiver"),
            new("now", link.Replica.Postgres.State.Value?.ServerTime?.ToString("u", CultureInfo.InvariantCulture) ?? "unknown", $"{link.Replica.Name} clock"),
            .. WalEvidence.Of(link, context.Snapshot),
        ],
    };
}
