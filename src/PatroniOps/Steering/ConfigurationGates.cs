using System.Text.Json;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;

namespace PatroniOps.Steering;

/// <summary>The settings of a patch that older releases take without a word and do not act on.</summary>
internal static class ConfigurationGates
{
    /// <summary>What the patch sets; taking a key out needs no release.</summary>
    /// <param name="patch">A JSON merge patch.</param>
    public static IEnumerable<VersionGate> Of(JsonElement patch)
    {
        if (Json.Property(patch, "failsafe_mode") is not null)
            yield return VersionGate.FailsafeMode;
        if (Json.Property(patch, "member_slots_ttl") is not null)
            yield return VersionGate.MemberSlotsTtl;
        if (Json.Scalar(patch, "synchronous_mode") == "quorum")
            yield return VersionGate.QuorumCommit;
        if (Json.Property(patch, "slots") is { ValueKind: JsonValueKind.Object } slots && slots.EnumerateObject().Any(s => Json.Property(s.Value, "cluster_type") is not null))
            yield return VersionGate.SlotClusterType;
        if (Json.Property(Json.Property(Json.Property(patch, "postgresql") ?? default, "parameters") ?? default, "max_slot_wal_keep_size") is not null)
            yield return VersionGate.SlotLimit;
    }
}
