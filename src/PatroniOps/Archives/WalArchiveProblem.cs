using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Archives;

/// <summary>A file of an archive that is not what it should be.</summary>
/// <param name="Kind">The class of the problem.</param>
/// <param name="File">The file, from the archive's path.</param>
/// <param name="Segment">The segment that it claims to be; null when it claims none.</param>
/// <param name="Lsn">The position of the first damage; null when no content was looked at.</param>
/// <param name="Reason">What is wrong.</param>
public sealed record WalArchiveProblem(WalArchiveProblemKind Kind, string File, string? Segment, Lsn? Lsn, string Reason)
{
    /// <summary>The file, from the archive's path, without what a terminal would act upon.</summary>
    public string File { get; init; } = PrintableText.Of(File);

    /// <summary>Something is lost or wrong because of it. A foreign file does no harm, and two copies of one segment do none while they are the same.</summary>
    public bool IsError => Kind is not WalArchiveProblemKind.Foreign and not WalArchiveProblemKind.Repeated;

    public override string ToString() => $"{Kind} {File}: {Reason}";
}
