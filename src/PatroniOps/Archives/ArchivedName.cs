using System.Buffers;

namespace PatroniOps.Archives;

/// <summary>What a file's name in an archive says, whatever the layout.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Timeline">The timeline in the name; 0 in a foreign one.</param>
/// <param name="Place">The other sixteen digits of a segment's name, which grow with its number at every segment size; 0 in a history's.</param>
/// <remarks>Sources: PostgreSQL, src/include/access/xlog_internal.h; pgBackRest, src/command/archive/common.h, which appends the sum to whole and partial segments.</remarks>
public readonly record struct ArchivedName(ArchivedFileKind Kind, uint Timeline, ulong Place)
{
    internal const int SegmentLength = 24;
    internal const int Sha1Length = 40;
    private const int TimelineLength = 8;

    private static readonly SearchValues<char> SumCharacters = SearchValues.Create("0123456789abcdef");

    /// <summary>Never fails: a name that is none of PostgreSQL's is foreign.</summary>
    public static ArchivedName Parse(ReadOnlySpan<char> name)
    {
        if (!TryHex(name, TimelineLength, out var timeline) || timeline == 0)
            return default;
        var rest = name[TimelineLength..];
        if (rest.StartsWith(".history"))
            return IsExtension(rest[".history".Length..]) ? new(ArchivedFileKind.History, (uint)timeline, 0) : default;
        if (!TryHex(rest, SegmentLength - TimelineLength, out var place))
            return default;
        var kind = KindOf(rest[(SegmentLength - TimelineLength)..]);
        return kind == ArchivedFileKind.Foreign ? default : new(kind, (uint)timeline, place);
    }

    /// <summary>The sum of the uncompressed bytes, which pgBackRest writes into the name; null when there is none.</summary>
    public static string? Sha1(string name)
    {
        var dash = name.IndexOf('-', StringComparison.Ordinal);
        return dash >= SegmentLength && name.Length >= dash + 1 + Sha1Length ? name.Substring(dash + 1, Sha1Length) : null;
    }

    /// <summary>The endings that tell of a compression; the first is empty, for none.</summary>
    internal static IReadOnlyList<string> Extensions { get; } = ["", ".gz", ".lz4", ".zst", ".bz2", ".xz", ".lzma", ".br", ".lzo"];

    private static bool IsExtension(ReadOnlySpan<char> ending) => ending is "" or ".gz" or ".lz4" or ".zst" or ".bz2" or ".xz" or ".lzma" or ".br" or ".lzo";

    private static ArchivedFileKind KindOf(ReadOnlySpan<char> rest)
    {
        if (rest.StartsWith(".partial"))
            return IsExtension(WithoutSum(rest[".partial".Length..])) ? ArchivedFileKind.Partial : ArchivedFileKind.Foreign;
        if (rest.Length > TimelineLength + 1 && rest[0] == '.' && TryHex(rest[1..], TimelineLength, out _))
            return rest[(TimelineLength + 1)..].StartsWith(".backup") && IsExtension(rest[(TimelineLength + 1 + ".backup".Length)..])
                ? ArchivedFileKind.BackupLabel : ArchivedFileKind.Foreign;
        return IsExtension(WithoutSum(rest)) ? ArchivedFileKind.Segment : ArchivedFileKind.Foreign;
    }

    private static ReadOnlySpan<char> WithoutSum(ReadOnlySpan<char> rest) =>
        rest.Length > Sha1Length && rest[0] == '-' && rest[1..(1 + Sha1Length)].IndexOfAnyExcept(SumCharacters) < 0 ? rest[(1 + Sha1Length)..] : rest;

    // Upper case only, as PostgreSQL writes it; by hand, because a million names are read in a second.
    private static bool TryHex(ReadOnlySpan<char> text, int length, out ulong value)
    {
        value = 0;
        if (text.Length < length)
            return false;
        foreach (var c in text[..length])
        {
            var digit = c is >= '0' and <= '9' ? c - '0' : c is >= 'A' and <= 'F' ? c - 'A' + 10 : -1;
            if (digit < 0)
                return false;
            value = (value << 4) | (uint)digit;
        }
        return true;
    }
}
