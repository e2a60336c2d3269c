using PatroniOps.Archives.Tools;
using PatroniOps.Backups;
using PatroniOps.Fuzz.Mutation;

namespace PatroniOps.Fuzz.Targets;

/// <summary>The answer of pgbackrest info, as a catalogue and as its own verdict.</summary>
public sealed class PgBackRestInfoTarget : BackupTarget
{
    private readonly JsonMutator mutator = new([Seeds.Text("pgbackrest.info.json")]);

    public override byte[] Make(FuzzRandom random) => mutator.Make(random);

    private protected override IReadOnlyList<PatroniBackup> Backups(string text)
    {
        var report = PgBackRestReport.Parse(text, "demo", "15-1");
        FuzzException.Require(report is { Unknown: null } or { IsOk: null }, "it is not known, and yet a verdict");
        _ = report.ToString();
        return PgBackRestInfo.Parse(text, "/repository");
    }
}
