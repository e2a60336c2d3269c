using PatroniOps.Backups;
using PatroniOps.Fuzz.Mutation;

namespace PatroniOps.Fuzz.Targets;

/// <summary>Barman's backup.info.</summary>
public sealed class BarmanCatalogueTarget : BackupTarget
{
    private readonly TextMutator mutator = new([Seeds.Text("barman.backup.info")], ["status=DONE", "status=", "begin_time=", "version=", "timeline=0", "=", "None"]);

    public override byte[] Make(FuzzRandom random) => mutator.Make(random);

    private protected override IReadOnlyList<PatroniBackup> Backups(string text) => [BarmanCatalogue.Parse(text, "/barman/demo", "20261123T024748")];
}
