using System.Globalization;
using System.Text.Json.Serialization;

namespace PatroniOps.Postgres;

/// <summary>
/// A position in the write-ahead log, in bytes from its beginning. Parses and prints PostgreSQL's text form <c>16/B374D848</c>;
/// Patroni's REST API gives the same value as an integer.
/// </summary>
/// <param name="Value">The position in bytes.</param>
/// <remarks>Source: PostgreSQL, src/backend/utils/adt/pg_lsn.c.</remarks>
[JsonConverter(typeof(LsnJsonConverter))]
public readonly record struct Lsn(ulong Value) : IComparable<Lsn>, IComparable, ISpanParsable<Lsn>
{
    /// <summary>The text form once more: what writes the properties of an object (ConvertTo-Json) has it beside the number.</summary>
    public string Text => ToString();

    /// <summary>From the integer that Patroni's REST API and DCS keys hold; null stays null and a negative number is no position.</summary>
    public static Lsn? FromInteger(long? value) => value is >= 0 ? new Lsn((ulong)value.Value) : null;

    /// <summary>Parses <c>X/X</c> with one to eight hexadecimal digits on either side.</summary>
    /// <exception cref="FormatException">The text is not a position.</exception>
    public static Lsn Parse(string text) => Parse(text, null);

    public static Lsn Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    public static Lsn Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out var lsn) ? lsn : throw new FormatException($"'{s}' is not a WAL position such as 16/B374D848.");

    public static bool TryParse(string? text, out Lsn result) => TryParse(text.AsSpan(), null, out result);

    public static bool TryParse(string? s, IFormatProvider? provider, out Lsn result) => TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out Lsn result)
    {
        result = default;
        var slash = s.IndexOf('/');
        if (slash is < 1 or > 8 || s.Length - slash - 1 is < 1 or > 8)
            return false;
        if (!uint.TryParse(s[..slash], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            || !uint.TryParse(s[(slash + 1)..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low))
            return false;
        result = new Lsn(((ulong)high << 32) | low);
        return true;
    }

    /// <summary>The distance in bytes from <paramref name="right"/> to <paramref name="left"/>; negative when left is behind.</summary>
    public static long operator -(Lsn left, Lsn right) => unchecked((long)(left.Value - right.Value));

    public static Lsn operator +(Lsn left, long bytes) => new(unchecked(left.Value + (ulong)bytes));

    public static bool operator <(Lsn left, Lsn right) => left.Value < right.Value;

    public static bool operator >(Lsn left, Lsn right) => left.Value > right.Value;

    public static bool operator <=(Lsn left, Lsn right) => left.Value <= right.Value;

    public static bool operator >=(Lsn left, Lsn right) => left.Value >= right.Value;

    /// <summary>The greater of two positions; an unknown one does not count, and two unknown ones are unknown.</summary>
    public static Lsn? Max(Lsn? left, Lsn? right) =>
        left is null ? right : right is null || left.Value >= right.Value ? left : right;

    public int CompareTo(Lsn other) => Value.CompareTo(other.Value);

    public int CompareTo(object? obj) => obj switch
    {
        null => 1,
        Lsn other => CompareTo(other),
        string text when TryParse(text, out var other) => CompareTo(other),
        _ => throw new ArgumentException($"'{obj}' is not a WAL position.", nameof(obj)),
    };

    /// <summary>PostgreSQL's text form, <c>16/B374D848</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value >> 32:X}/{Value & 0xFFFFFFFF:X}");
}
