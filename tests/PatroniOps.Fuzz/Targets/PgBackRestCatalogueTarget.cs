using System.Text;
using PatroniOps.Backups;
using PatroniOps.Fuzz.Mutation;

namespace PatroniOps.Fuzz.Targets;

/// <summary>pgBackRest's backup.info.</summary>
public sealed class PgBackRestCatalogueTarget : BackupTarget
{
    private readonly TextMutator lines = new([Seeds.Text("pgbackrest.backup.info"), Seeds.Text("pgbackrest.incremental.backup.info")], ["[backup:current]", "[db:history]", "={", "{}", "[]", "null", "1={\"db-id\":1}"]);
    private readonly JsonMutator backups = new(Seeds.Text("pgbackrest.incremental.backup.info").Split('\n').Where(l => l.Contains("={", StringComparison.Ordinal)).Select(l => l[(l.IndexOf('=', StringComparison.Ordinal) + 1)..]));

    public override byte[] Make(FuzzRandom random)
    {
        if (random.OneIn(2))
            return lines.Make(random);
        var text = new StringBuilder("[backup:current]\n");
        for (var times = random.Below(3); times >= 0; times--)
        {
            text.Append("20261123-024611F=");
            backups.Write(text, random);
            text.Append('\n');
        }
        text.Append("[db:history]\n1=");
        backups.Write(text, random);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private protected override IReadOnlyList<PatroniBackup> Backups(string text) => PgBackRestCatalogue.Parse(text, "/repository", "demo");
}
