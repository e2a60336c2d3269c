using System.Runtime.ExceptionServices;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Archives;

/// <summary>
/// What an archive holds, by its names and sizes. Segments are kept as bare numbers: eight bytes each, whatever the layout.
/// </summary>
public sealed class WalCatalogue
{
    // Files beside segments are few, in an archive that is one; of those that are many only the first are named.
    private const int MostNamed = 1000;

    // Each lists all names to take its own: more of them would list more than they save.
    private const int MostShares = 4;

    private readonly Dictionary<uint, List<ulong>> numbers = [];
    private readonly List<ArchivedFile> partials = [];
    private readonly List<ArchivedFile> labels = [];
    private readonly List<ArchivedFile> histories = [];
    private readonly List<ArchivedFile> foreign = [];
    private readonly List<ArchivedFile> truncated = [];
    private readonly List<WalSegment> repeated = [];
    private readonly List<WalRange> ranges = [];

    private WalCatalogue(long segmentSize) => (SegmentSize, StoredBytes) = (segmentSize, 0);

    /// <summary>Bytes a segment.</summary>
    public long SegmentSize { get; }

    /// <summary>Runs of segments that are there, sorted by timeline and number.</summary>
    public IReadOnlyList<WalRange> Ranges => ranges;

    /// <summary>How many different segments there are.</summary>
    public long Count { get; private set; }

    /// <summary>Bytes of all files as they are stored; null when only names were looked at.</summary>
    public long? StoredBytes { get; private set; }

    /// <summary>Files that begin a timeline's last segment; they never count.</summary>
    public IReadOnlyList<ArchivedFile> Partials => partials;

    /// <summary>Labels of base backups.</summary>
    public IReadOnlyList<ArchivedFile> BackupLabels => labels;

    /// <summary>Timelines' histories.</summary>
    public IReadOnlyList<ArchivedFile> Histories => histories;

    /// <summary>The first thousand of the files that PostgreSQL does not archive.</summary>
    public IReadOnlyList<ArchivedFile> Foreign => foreign;

    /// <summary>How many files there are that PostgreSQL does not archive.</summary>
    public long ForeignCount { get; private set; }

    /// <summary>The first thousand of the segments' files that are empty, or neither compressed nor as long as a segment. They do not count.</summary>
    public IReadOnlyList<ArchivedFile> Truncated => truncated;

    /// <summary>Segments that several files claim to be.</summary>
    public IReadOnlyList<WalSegment> Repeated => repeated;

    /// <summary>Reads all names of an archive.</summary>
    /// <exception cref="PatroniOpsException">It may not or cannot be read.</exception>
    public static WalCatalogue Read(WalArchive archive, long segmentSize, CancellationToken cancellationToken)
    {
        var shares = new WalCatalogue[archive.IsListedInParts ? Math.Min(Environment.ProcessorCount, MostShares) : 1];
        try
        {
            Parallel.For(0, shares.Length, new ParallelOptions { CancellationToken = cancellationToken }, index =>
                shares[index] = Read(archive, segmentSize, new ListingShare(index, shares.Length), cancellationToken));
        }
        catch (AggregateException e) when (e.InnerExceptions[0] is PatroniOpsException)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
        foreach (var share in shares.AsSpan(1))
            shares[0].Add(share);
        shares[0].Fold();
        return shares[0];
    }

    /// <summary>Reads all names of an archive and nothing else of its segments: a file that is empty or too short counts as what its name says.</summary>
    /// <exception cref="PatroniOpsException">It may not or cannot be read.</exception>
    public static WalCatalogue ReadNames(WalArchive archive, long segmentSize, CancellationToken cancellationToken)
    {
        var catalogue = new WalCatalogue(segmentSize);
        foreach (var name in archive.Names(cancellationToken))
            catalogue.Add(name, archive);
        catalogue.StoredBytes = null;
        catalogue.Fold();
        return catalogue;
    }

    /// <summary>True when the segment is there, whole by its name and size.</summary>
    public bool Has(WalSegment segment) => numbers.TryGetValue(segment.Timeline, out var there) && there.BinarySearch(segment.Number) >= 0;

    private static WalCatalogue Read(WalArchive archive, long segmentSize, ListingShare share, CancellationToken cancellationToken)
    {
        var catalogue = new WalCatalogue(segmentSize);
        var isPlain = archive.Kind is ArchiveKind.Directory;
        foreach (var file in archive.Files(share, cancellationToken))
            catalogue.Add(file, isPlain);
        return catalogue;
    }

    private void Add(WalCatalogue other)
    {
        StoredBytes += other.StoredBytes;
        ForeignCount += other.ForeignCount;
        partials.AddRange(other.partials);
        labels.AddRange(other.labels);
        histories.AddRange(other.histories);
        foreign.AddRange(other.foreign.Take(MostNamed - foreign.Count));
        truncated.AddRange(other.truncated.Take(MostNamed - truncated.Count));
        foreach (var (timeline, there) in other.numbers)
            if (!numbers.TryAdd(timeline, there))
                numbers[timeline].AddRange(there);
    }

    // Whatever is no segment is rare, and is looked at as a whole.
    private void Add(ArchivedPath path, WalArchive archive)
    {
        if (path.Name.Kind == ArchivedFileKind.Segment && Number(path.Name) is { } number)
            AddNumber(path.Name.Timeline, number);
        else if (path.Name.Kind is ArchivedFileKind.Segment or ArchivedFileKind.Foreign && foreign.Count == MostNamed)
            ForeignCount++;
        else if (archive.Find(path.Path) is { } file)
            Add(file, isPlain: false);
    }

    private void Add(ArchivedFile file, bool isPlain)
    {
        StoredBytes += file.Length;
        if (file.Name.Kind == ArchivedFileKind.Segment)
            AddSegment(file, isPlain);
        else if (file.Name.Kind == ArchivedFileKind.Foreign)
            AddForeign(file);
        else
            (file.Name.Kind switch { ArchivedFileKind.Partial => partials, ArchivedFileKind.BackupLabel => labels, _ => histories }).Add(file);
    }

    private void AddSegment(ArchivedFile file, bool isPlain)
    {
        if (Number(file.Name) is not { } number)
            AddForeign(file);
        else if (file.Length == 0 || (isPlain && !file.HasExtension && file.Length != SegmentSize))
            AddSome(truncated, file);
        else
            AddNumber(file.Name.Timeline, number);
    }

    // Null: no segment of this size has such a name.
    private ulong? Number(ArchivedName name)
    {
        var perLog = 0x1_0000_0000UL / (ulong)SegmentSize;
        var (log, low) = (name.Place >> 32, name.Place & 0xFFFFFFFF);
        return low < perLog ? (log * perLog) + low : null;
    }

    private void AddNumber(uint timeline, ulong number)
    {
        if (numbers.TryGetValue(timeline, out var there))
            there.Add(number);
        else
            numbers[timeline] = [number];
    }

    private void AddForeign(ArchivedFile file)
    {
        ForeignCount++;
        AddSome(foreign, file);
    }

    private static void AddSome(List<ArchivedFile> files, ArchivedFile file)
    {
        if (files.Count < MostNamed)
            files.Add(file);
    }

    private void Fold()
    {
        foreach (var (timeline, there) in numbers.OrderBy(n => n.Key))
        {
            there.Sort();
            var first = there[0];
            for (var i = 1; i < there.Count; i++)
            {
                if (there[i] == there[i - 1])
                    repeated.Add(new WalSegment(timeline, there[i], SegmentSize));
                else if (there[i] > there[i - 1] + 1)
                {
                    ranges.Add(new WalRange(timeline, first, there[i - 1]));
                    first = there[i];
                }
            }
            ranges.Add(new WalRange(timeline, first, there[^1]));
        }
        Count = ranges.Sum(r => (long)(r.Last - r.First + 1));
        histories.Sort((a, b) => a.Name.Timeline.CompareTo(b.Name.Timeline));
        labels.Sort((a, b) => string.CompareOrdinal(a.FileName, b.FileName));
    }
}
