using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Fuzz.Targets;

/// <summary>GET /config: redacted as it is before anybody keeps it, and every setting asked for.</summary>
public sealed class RestConfigurationTarget() : AnswerTarget(Seeds.Answers(name => name == "config.json").Append(Rich))
{
    private const string Rich =
        """
        {"ttl":"30s","loop_wait":10,"retry_timeout":"10000ms","maximum_lag_on_failover":"1048576","member_slots_ttl":"30min","synchronous_mode":"quorum","pause":"off","standby_cluster":{"host":"a","port":5432},
        "slots":{"a":{"type":"physical","cluster_type":"primary"},"b":{"database":"x","plugin":"test_decoding"},"c":null},"ignore_slots":[{"name":"x","type":"logical"}],
        "postgresql":{"use_pg_rewind":"yes","create_replica_methods":["pgbackrest","basebackup"],"pgbackrest":{"command":"pgbackrest --stanza=demo restore","keep_data":true},"authentication":{"superuser":{"password":"secret"}},
        "parameters":{"max_connections":100,"primary_conninfo":"host=a password='secret' user=b","restore_command":"PGPASSWORD=secret cp %f %p"}}}
        """;

    private protected override bool Read(JsonElement answer)
    {
        var redacted = Redaction.Document(answer);
        FuzzException.Require(redacted.ValueKind == answer.ValueKind, "redaction made it another type");
        var configuration = new DynamicConfiguration(redacted);
        _ = (configuration.LoopWait, configuration.Ttl, configuration.RetryTimeout, configuration.MemberSlotsTtl, configuration.UseSlots, configuration.UsePgRewind, configuration.IsPaused);
        _ = (configuration.IsSynchronous, configuration.IsStandbyCluster, configuration.Parameters.Count, configuration.CreateReplicaMethods.Count, configuration.MethodOptions.Count, configuration.IgnoredSlots.Count);
        FuzzException.Require(configuration.MaximumLagOnFailover >= 0, "a negative lag");
        foreach (var slot in configuration.PermanentSlots)
            _ = SlotName.IsValid(slot.Name);
        _ = ReplicaMethod.BeforeBaseBackup(null, configuration);
        return redacted.ValueKind == JsonValueKind.Object;
    }
}
