using PatroniOps.Backups;
using PatroniOps.Fuzz.Mutation;

namespace PatroniOps.Fuzz.Targets;

/// <summary>pg_basebackup's backup_manifest.</summary>
public sealed class BackupManifestTarget : BackupTarget
{
    private readonly JsonMutator mutator = new([Seeds.Text("backup_manifest")]);

    public override byte[] Make(FuzzRandom random) => mutator.Make(random);

    private protected override IReadOnlyList<PatroniBackup> Backups(string text)
    {
        var backup = BaseBackupCatalogue.Parse("/b/one", text, null);
        FuzzException.Require(backup.Bytes is null or >= 0, $"{backup.Bytes} bytes");
        return [backup];
    }
}
