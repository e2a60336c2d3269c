using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatroniOps.Patroni;

/// <summary>The cluster's dynamic configuration (GET /config) without its secrets, with Patroni's defaults where a key is absent.</summary>
/// <param name="Document">The redacted JSON object.</param>
/// <remarks>Source: Patroni, docs/dynamic_configuration.rst.</remarks>
public sealed record DynamicConfiguration(JsonElement Document)
{
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");
    private static readonly string[] PermanentSlotKeys = ["slots", "permanent_replication_slots", "permanent_slots"];

    [JsonIgnore]
    public TimeSpan LoopWait => Seconds("loop_wait") ?? TimeSpan.FromSeconds(10);

    [JsonIgnore]
    public TimeSpan Ttl => Seconds("ttl") ?? TimeSpan.FromSeconds(30);

    [JsonIgnore]
    public TimeSpan RetryTimeout => Seconds("retry_timeout") ?? TimeSpan.FromSeconds(10);

    [JsonIgnore]
    public bool UseSlots => Json.Flag(Postgresql, "use_slots") ?? true;

    [JsonIgnore]
    public bool UsePgRewind => Json.Flag(Postgresql, "use_pg_rewind") ?? false;

    /// <summary>How long the slots of absent members are kept (4.0 and later, PostgreSQL 11 and later); zero turns it off.</summary>
    [JsonIgnore]
    public TimeSpan MemberSlotsTtl => Seconds("member_slots_ttl") ?? TimeSpan.FromMinutes(30);

    /// <summary>Bytes that a member may lack and still become leader by an automatic failover.</summary>
    [JsonIgnore]
    public long MaximumLagOnFailover => Json.Integer(Document, "maximum_lag_on_failover") is >= 0 and var bytes ? bytes : 1L << 20;

    /// <summary>A commit waits for a standby: <c>synchronous_mode</c> is on, or <c>quorum</c> (4.0 and later).</summary>
    [JsonIgnore]
    public bool IsSynchronous => Json.Scalar(Document, "synchronous_mode") is "quorum" || (Json.Flag(Document, "synchronous_mode") ?? false);

    [JsonIgnore]
    public bool IsPaused => Json.Flag(Document, "pause") ?? false;

    [JsonIgnore]
    public bool IsStandbyCluster => Json.Property(Document, "standby_cluster") is { ValueKind: JsonValueKind.Object };

    /// <summary>PostgreSQL's parameters that are set for the whole cluster.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Parameters => Json.Scalars(Json.Property(Postgresql, "parameters"));

    /// <summary><c>postgresql.create_replica_methods</c> in order; empty: not named here.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> CreateReplicaMethods => Texts("create_replica_methods") is { Count: > 0 } methods ? methods : Texts("create_replica_method");

    /// <summary>The sections of postgresql that have a command, by name: those of its own ways to make a replica.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> MethodOptions => Postgresql.ValueKind != JsonValueKind.Object
        ? new Dictionary<string, IReadOnlyDictionary<string, string>>()
        : Postgresql.EnumerateObject().Where(s => Json.Text(s.Value, "command") is not null).DistinctBy(s => s.Name).ToDictionary(s => s.Name, s => Json.Scalars(s.Value));

    /// <summary>The permanent slots, under whichever of its three names the key is written.</summary>
    [JsonIgnore]
    public IReadOnlyList<PermanentSlot> PermanentSlots
    {
        get
        {
            foreach (var key in PermanentSlotKeys)
                if (Json.Property(Document, key) is { ValueKind: JsonValueKind.Object } slots)
                    return [.. slots.EnumerateObject().Select(s => PermanentSlot.Parse(s.Name, s.Value))];
            return [];
        }
    }

    /// <summary>Rules for slots that Patroni leaves alone.</summary>
    [JsonIgnore]
    public IReadOnlyList<IReadOnlyDictionary<string, string>> IgnoredSlots =>
        [.. Json.Items(Document, "ignore_slots").Select(rule => Json.Scalars(rule)).Where(rule => rule.Count > 0)];

    private JsonElement Postgresql => Json.Property(Document, "postgresql") ?? default;

    private IReadOnlyList<string> Texts(string key) => [.. Json.Items(Postgresql, key).Select(Json.Text).OfType<string>()];

    // A number of seconds, or a text with one of PostgreSQL's units.
    private TimeSpan? Seconds(string key)
    {
        if (Json.Scalar(Document, key) is not { } text)
            return null;
        var digits = text.AsSpan(0, text.AsSpan().IndexOfAnyExcept(NumberCharacters) is var end and >= 0 ? end : text.Length);
        if (!double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return null;
        var seconds = text[digits.Length..].Trim() switch
        {
            "" or "s" => number,
            "ms" => number / 1000,
            "min" => number * 60,
            "h" => number * 3600,
            "d" => number * 86400,
            _ => double.NaN,
        };
        return seconds <= 1e10 ? TimeSpan.FromSeconds(seconds) : null;
    }
}
