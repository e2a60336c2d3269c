using System.Collections.Concurrent;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Reflection;
using System.Security;

namespace PatroniOps.Host.Rendering;

/// <summary>Values that are one text or number in every output: no properties of theirs are worth a column.</summary>
internal static class Scalars
{
    private static readonly ConcurrentDictionary<Type, bool> SelfParsable = new();

    /// <summary>Whether the value is a number that JSON can hold.</summary>
    public static bool IsNumber(object value) =>
        value is double or float
            ? double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture))
            : value is int or long or uint or ulong or short or ushort or byte or sbyte or decimal;

    /// <summary>The text of a scalar, the same on every machine: instants in ISO 8601 UTC, durations as [d.]hh:mm:ss, bytes in base64.</summary>
    /// <returns>null when the value has parts of its own.</returns>
    public static string? TextOf(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "True" : "False",
        Enum or char => value.ToString(),
        DateTimeOffset instant => Instant(instant.UtcDateTime),
        DateTime { Kind: DateTimeKind.Local } local => Instant(local.ToUniversalTime()),
        DateTime instant => Instant(instant),
        TimeSpan duration => duration.ToString("c", CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        SecureString => "",
        PSCredential credential => credential.UserName,
        Exception error => error.Message,
        ErrorRecord error => error.ToString(),
        Uri or Version or IPAddress or MemberInfo or Assembly or Delegate or ScriptBlock or SemanticVersion => value.ToString(),
        IFormattable number when IsNumber(value) || value is double or float => number.ToString(null, CultureInfo.InvariantCulture),
        _ => IsSelfParsable(value.GetType()) ? Format(value) : null,
    };

    // "Z" for UTC, nothing for a time of unknown zone.
    private static string Instant(DateTime instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture);

    private static string? Format(object value) =>
        value is IFormattable formattable ? formattable.ToString(null, CultureInfo.InvariantCulture) : value.ToString();

    // A type that reads itself back from text, such as Lsn, is meant to be written as that text.
    private static bool IsSelfParsable(Type type) => SelfParsable.GetOrAdd(type, static candidate => candidate.GetInterfaces().Any(
        contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(IParsable<>) && contract.GenericTypeArguments[0] == candidate));
}
