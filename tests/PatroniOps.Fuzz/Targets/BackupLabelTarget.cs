using PatroniOps.Archives;
using PatroniOps.Backups;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Postgres;

namespace PatroniOps.Fuzz.Targets;

/// <summary>PostgreSQL's backup_label, in a backup and in an archive.</summary>
public sealed class BackupLabelTarget : BackupTarget
{
    private static readonly WalSegment Start = new(1, 10, WalSegment.DefaultSize);

    private readonly TextMutator mutator = new([Seeds.Text("backup_label"), Seeds.Text("archived.backup")], ["START WAL LOCATION: ", "START TIME: ", "LABEL: ", ": ", "(file ", " UTC", " GMT", "Etc/UTC", "START TIMELINE: 0"]);

    public override byte[] Make(FuzzRandom random) => mutator.Make(random);

    private protected override IReadOnlyList<PatroniBackup> Backups(string text)
    {
        var archived = ArchivedBackup.Parse("00000001000000000000000A.00000028.backup", Start, text);
        FuzzException.Require(archived.StartedAt is null or { Offset.Ticks: 0 }, "a time that is not UTC");
        _ = archived.ToString();
        return [BaseBackupCatalogue.Parse("/b/one", null, text)];
    }
}
