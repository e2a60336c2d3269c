using PatroniOps.Diagnosis;

namespace PatroniOps.Advice;

/// <summary>What Test-PatroniConfiguration says of one setting of one cluster.</summary>
public sealed record ConfigurationAdvice
{
    public Guid ConnectionId { get; init; }

    public string Cluster { get; init; } = "";

    /// <summary>The rule that says so; one setting can have several.</summary>
    public string Rule { get; init; } = "";

    /// <summary>The setting's name, as Patroni or PostgreSQL writes it.</summary>
    public required string Setting { get; init; }

    public required AdviceStatus Status { get; init; }

    /// <summary>True: nothing to change. False: there is. Null: it was not possible to tell.</summary>
    public bool? IsOk => Status switch { AdviceStatus.Ok => true, AdviceStatus.Unknown => null, _ => false };

    /// <summary>The value in force; null when it was not read.</summary>
    public string? Current { get; init; }

    /// <summary>The value to set; null when the present one is fine or no figure can be given.</summary>
    public string? Recommended { get; init; }

    /// <summary>Why, in one or two sentences.</summary>
    public required string Reason { get; init; }

    /// <summary>The manual page or file that the rule comes from.</summary>
    public required string Source { get; init; }

    /// <summary>A new value takes effect only with a restart of PostgreSQL.</summary>
    public bool NeedsRestart { get; init; }

    /// <summary>Where the present value comes from.</summary>
    public SettingPlace SetIn { get; init; }

    /// <summary>The members on which it is so; empty when it is the same for the whole cluster.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>The call that makes the change; null when there is none to make.</summary>
    public string? Command { get; init; }

    /// <summary>The next thing to run: the change, or how to find out what is not known.</summary>
    public string? NextCommand { get; init; }

    public override string ToString() => $"{Setting}: {Status}: {Reason}";
}
