using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Protection;

/// <summary>Whether a protection is to be let go. Pure.</summary>
public static class ProtectionEnd
{
    /// <summary>Why; null while it is to be kept.</summary>
    public static string? Of(ProtectionRecord record, ClusterSnapshot snapshot)
    {
        if (snapshot.TakenAt >= record.Until)
            return $"its time was over at {record.Until:yyyy-MM-dd HH:mm:ss}Z";
        return record.MaximumBytes is { } maximum && ProtectionJudge.Retained(record.SlotName, snapshot) is { } kept && kept >= maximum
            ? $"its slot keeps {Words.Bytes(kept)}, and the limit is {Words.Bytes(maximum)}"
            : null;
    }
}
