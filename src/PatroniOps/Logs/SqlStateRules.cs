namespace PatroniOps.Logs;

/// <summary>
/// Recognises errors in any language by what translation leaves alone: the SQLSTATE, what the process was doing, and the names and numbers
/// in the message. A SQLSTATE alone is never enough where PostgreSQL uses it for other errors too.
/// </summary>
/// <remarks>Source: PostgreSQL, src/backend/utils/errcodes.txt and the ereport calls of walsender.c, slot.c, libpqwalreceiver.c, auth.c.</remarks>
internal static class SqlStateRules
{
    private static readonly string[] States = ["58P01", "42704", "53400", "53300", "28P01", "28000", "55006", "55000", "08P01", "08006", "XX000", "53100"];

    /// <summary>The codes as csvlog and jsonlog write them.</summary>
    public static IEnumerable<string> Anchors => States.SelectMany(s => new[] { $",{s},", $":\"{s}\"" });

    public static Recognition? Recognize(LogLine line)
    {
        if (line.SqlState is null || line.Severity is LogSeverity.Log or LogSeverity.Info or LogSeverity.Notice or LogSeverity.Debug)
            return null;
        var facts = MessageFacts.Of(line.Message);
        var streams = line.Activity.Contains("START_REPLICATION", StringComparison.Ordinal);
        var makesSlot = line.Activity.Contains("replication_slot", StringComparison.OrdinalIgnoreCase);
        var receives = line.Activity.Contains("walreceiver", StringComparison.Ordinal);
        var found = line.SqlState switch
        {
            "58P01" when facts.Segment is not null => new Recognition(LogEventKind.WalSegmentRemoved) { Segment = facts.Segment },
            "42704" when (streams || makesSlot) && facts.Names.Count == 1 => new Recognition(LogEventKind.SlotDoesNotExist) { SlotName = facts.Names[0] },
            "55006" when streams && facts.Names.Count == 1 => new Recognition(LogEventKind.SlotInUse) { SlotName = facts.Names[0] },
            "55000" when streams && facts.Names.Count == 1 => new Recognition(LogEventKind.SlotInvalidated) { SlotName = facts.Names[0] },
            "53400" when makesSlot => new Recognition(LogEventKind.AllSlotsInUse),
            "53300" when line.Message.Contains("max_wal_senders", StringComparison.Ordinal) => new Recognition(LogEventKind.SendersExhausted),
            "53100" => new Recognition(LogEventKind.DiskFull),
            "28P01" or "28000" => new Recognition(LogEventKind.AuthenticationFailed),
            "XX000" when streams => StartingPoint(line, facts),
            "08P01" or "08006" or "XX000" when receives => facts.Segment is not null
                ? new Recognition(LogEventKind.WalSegmentRemoved) { Segment = facts.Segment }
                : new Recognition(LogEventKind.WalReceiverFailed) { SlotName = facts.Names.Count == 1 ? facts.Names[0] : null },
            _ => null,
        };
        return found is null ? null : found with { IsByStructure = true };
    }

    // The walsender repeats the position, and the timeline when that is at fault, that START_REPLICATION asked for.
    private static Recognition? StartingPoint(LogLine line, MessageFacts facts)
    {
        if (facts.Positions.Count == 0 || !line.Activity.Contains($" {facts.Positions[0]}", StringComparison.Ordinal))
            return null;
        if (facts.Positions.Count == 2)
            return new Recognition(LogEventKind.StartingPointAhead) { Lsn = facts.Positions[0] };
        return facts.Positions.Count == 1 && facts.Numbers.Count == 1 && line.Activity.Contains($"TIMELINE {facts.Numbers[0]}", StringComparison.OrdinalIgnoreCase)
            ? new Recognition(LogEventKind.TimelineNotInHistory) { Lsn = facts.Positions[0], Timeline = facts.Numbers[0] }
            : null;
    }
}
