using System.Text.Json.Serialization;
using PatroniOps.Patroni;

namespace PatroniOps.Snapshots;

/// <summary>Something that was read, or the reason why it was not. There is no third case and no default value.</summary>
/// <typeparam name="T">What is read.</typeparam>
public sealed record Reading<T> where T : class
{
    /// <summary>The value; null exactly when it is unknown.</summary>
    public T? Value { get; init; }

    /// <summary>Why it is unknown; null when it is known.</summary>
    public string? Reason { get; init; }

    /// <summary>The class of the failure behind an unknown value.</summary>
    public FailureKind? Failure { get; init; }

    [JsonIgnore]
    public bool IsKnown => Value is not null;

    public override string ToString() => IsKnown ? Value!.ToString() ?? "" : $"unknown: {Reason}";
}

/// <summary>Makes readings.</summary>
public static class Reading
{
    public static Reading<T> Of<T>(T value) where T : class => new() { Value = value };

    public static Reading<T> Unknown<T>(FailureKind failure, string reason) where T : class => new() { Failure = failure, Reason = reason };

    public static Reading<T> Unknown<T>(PatroniOpsException failure) where T : class => Unknown<T>(failure.Kind, failure.Message);
}
