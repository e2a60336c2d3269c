using System.Text.Json.Serialization;
using PatroniOps.Postgres;

namespace PatroniOps.Wal;

/// <summary>Where the records of a segment end, so that the next one can be checked against it without reading this one again.</summary>
/// <param name="Timeline">The timeline of the last page.</param>
/// <param name="Previous">The last whole record; null when none was seen.</param>
/// <param name="Start">Where the record begins that is not finished; meaningless when none is.</param>
/// <param name="Remaining">Bytes that are left of it; 0 when none is.</param>
/// <param name="Header">As many bytes of its head as are there, in hexadecimal digits.</param>
/// <param name="Sum">The sum of its data so far.</param>
internal sealed record WalTail(uint Timeline, Lsn? Previous, Lsn Start, uint Remaining, string? Header, uint Sum)
{
    /// <summary>It can be gone on from.</summary>
    [JsonIgnore]
    public bool IsPlausible => Remaining == 0 || (Header is { Length: > 0 and <= 2 * WalRecordHeader.Size } digits && digits.Length % 2 == 0 && digits.All(char.IsAsciiHexDigit));
}
