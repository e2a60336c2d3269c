namespace PatroniOps.Diagnosis.Rules;

/// <summary>ReplicaNotStreaming, UpstreamBroken: a replica that should stream and does not, for certain or for too long.</summary>
internal sealed class ReplicaStreamRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        foreach (var link in context.StreamingCandidates)
        {
            if (RestartRule.IsInTransition(link.Replica, context))
                continue;
            if (BrokenUpstream(link, context) is { } upstream)
            {
                yield return New("UpstreamBroken", FindingSeverity.Critical, link, context,
                    $"{link.Replica.Name} streams from {link.Upstream!.Name}, and {upstream.Replica.Name} does not get WAL itself.", $"Repair {upstream.Replica.Name}: {context.WalOf(upstream.Replica.Name)?.Reason}");
                continue;
            }
            if (context.IsStreaming(link) != false || link.Sender?.State == "catchup")
                continue;
            var wal = context.WalOf(link.Replica.Name);
            if (wal?.Status is WalAvailabilityStatus.Diverged or WalAvailabilityStatus.Streaming)
                continue;
            // A receiver that hangs is told of by its own rule, which names the cause.
            if (ReceiverRule.IsStale(link))
                continue;
            // Healing from the archive is told by its own rule.
            if (wal is { Status: WalAvailabilityStatus.AvailableInArchive, IsAvailable: true } && !IsStill(link, context))
                continue;
            if (Severity(link, wal, context) is { } severity)
                yield return New("ReplicaNotStreaming", severity, link, context, Message(link, severity, context), wal?.Reason);
        }
    }

    /// <summary>It neither streams nor advances for as long as the threshold says.</summary>
    public static bool IsStill(ReplicaLink link, DiagnosisContext context)
    {
        var seen = context.ObservedOf(link.Replica.Name);
        return context.Since(seen?.NotStreamingSince) >= context.Thresholds.NotStreaming && context.Since(seen?.PositionSince) >= context.Thresholds.NotStreaming;
    }

    /// <summary>
    /// The first one up the cascade that does not get WAL and cannot by itself; null when there is none. A replica goes on streaming from such a node,
    /// and both ends look well while nothing comes: it is no better off than its upstream.
    /// </summary>
    public static ReplicaLink? BrokenUpstream(ReplicaLink link, DiagnosisContext context)
    {
        ReplicaLink? root = null;
        var passed = new HashSet<string>(StringComparer.Ordinal) { link.Replica.Name };
        for (var up = UpstreamLink(link, context); up is not null && passed.Add(up.Replica.Name); up = UpstreamLink(up, context))
            if (context.IsStreaming(up) == false && IsLost(up, context.IsStreaming(link) == true, context))
                root = up;
        return root;
    }

    private static ReplicaLink? UpstreamLink(ReplicaLink link, DiagnosisContext context) => context.Links.FirstOrDefault(l => l.Replica == link.Upstream);

    // While the replica below still streams, the one above may only just be starting.
    private static bool IsLost(ReplicaLink upstream, bool mustBeCertain, DiagnosisContext context) => context.WalOf(upstream.Replica.Name)?.IsAvailable switch
    {
        true => false,
        false => true,
        null => !mustBeCertain || IsStill(upstream, context),
    };

    // Certain: the WAL judgement knows that it cannot recover, or its cause is known. Long: seen for the threshold. Once seen, of unknown age: a warning.
    private static FindingSeverity? Severity(ReplicaLink link, WalAvailability? wal, DiagnosisContext context)
    {
        if (wal?.IsAvailable == false || IsStill(link, context) || SendersRule.AreExhausted(link.Upstream) == true)
            return FindingSeverity.Critical;
        if (wal?.IsAvailable == true)
            return null;
        return context.UpFor(link.Replica) < context.SlotGrace || (link.Upstream is { } upstream && context.ServingFor(upstream) < context.SlotGrace)
            ? null
            : FindingSeverity.Warning;
    }

    private static string Message(ReplicaLink link, FindingSeverity severity, DiagnosisContext context)
    {
        var state = link.Replica.Patroni.Value?.State ?? link.Replica.Listed?.State;
        var since = context.Since(context.ObservedOf(link.Replica.Name)?.NotStreamingSince);
        var told = severity == FindingSeverity.Warning ? "; how long already is not known from one look" : since > TimeSpan.Zero ? $", seen so for {Words.Duration(since.Value)}" : "";
        return $"{link.Replica.Name} does not stream from {link.Upstream?.Name ?? "any node"}{told}{(state is null ? "" : $", while Patroni calls it {state}")}.";
    }

    private static Finding New(string id, FindingSeverity severity, ReplicaLink link, DiagnosisContext context, string message, string? cause) => new()
    {
        Id = id,
        Member = link.Replica.Name,
        Severity = severity,
        Area = FindingArea.Replication,
        Message = message,
        Cause = cause,
        NextCommand = context.WalOf(link.Replica.Name)?.NextCommand ?? context.Command("Test-WalAvailability", link.Replica.Name),
        Evidence = WalEvidence.Of(link, context.Snapshot),
    };
}
