using PatroniOps.Postgres;

namespace PatroniOps.Diagnosis.Rules;

/// <summary>DiskFull: there is no room for another WAL segment, whatever it was that filled the disk.</summary>
internal sealed class DiskFullRule : IDiagnosisRule
{
    public IEnumerable<Finding> Judge(DiagnosisContext context)
    {
        foreach (var member in context.Snapshot.Members)
        {
            if (member.Disk?.Value is not { } disk || disk.FreeBytes >= (member.Postgres.State.Value?.WalSegmentSize ?? WalSegment.DefaultSize))
                continue;
            yield return new Finding
            {
                Id = "DiskFull",
                Member = member.Name,
                Severity = FindingSeverity.Critical,
                Area = FindingArea.Service,
                Message = $"The disk of pg_wal on {member.Name} is full: {Words.Bytes(disk.FreeBytes)} of {Words.Bytes(disk.TotalBytes)} are free, less than one WAL segment.",
                Cause = member.IsLeader
                    ? "Rows that need room are refused, and PostgreSQL stops when it needs the next segment. Free what is not PostgreSQL's; never delete files in pg_wal."
                    : "It cannot receive WAL, and PostgreSQL does not start again once it has stopped. Free what is not PostgreSQL's; never delete files in pg_wal.",
                NextCommand = context.Command("Measure-WalRetention"),
                Evidence = [new("disk", $"{disk.FreeBytes} of {disk.TotalBytes} bytes free", $"{member.Name} df")],
            };
        }
    }
}
