using PatroniOps.Backups;
using PatroniOps.Fuzz.Mutation;

namespace PatroniOps.Fuzz.Targets;

/// <summary>WAL-G's sentinel.</summary>
public sealed class WalGSentinelTarget : BackupTarget
{
    private readonly JsonMutator mutator = new([Seeds.Text("walg.sentinel.json")]);

    public override byte[] Make(FuzzRandom random) => mutator.Make(random);

    private protected override IReadOnlyList<PatroniBackup> Backups(string text) => [WalGCatalogue.Parse(text, "/walg", "base_000000010000000000000005_D_000000010000000000000002")];
}
