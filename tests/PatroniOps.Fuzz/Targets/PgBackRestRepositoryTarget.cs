using System.Text;
using PatroniOps.Archives;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Fuzz.Targets;

/// <summary>The answers of pgbackrest info and repo-ls, which say whether a restore has all its WAL.</summary>
public sealed class PgBackRestRepositoryTarget : IFuzzTarget
{
    private readonly JsonMutator info = new([Seeds.Text("pgbackrest.info.json")]);
    private readonly JsonMutator list = new([Seeds.Text("pgbackrest.repo-ls.json")]);

    public byte[] Make(FuzzRandom random) => [.. info.Make(random), 0, .. list.Make(random)];

    public bool Read(byte[] input)
    {
        var texts = Encoding.UTF8.GetString(input).Split('\0', 2);
        try
        {
            var repository = PgBackRestRepository.Parse(texts[0], texts[^1], WalSegment.DefaultSize, "node");
            FuzzException.Require(repository.Ranges.All(r => r.First <= r.Last && r.Timeline > 0), "a run that is none");
            return repository.Label is not null;
        }
        catch (PatroniOpsException e) when (e.Kind == FailureKind.InvalidAnswer)
        {
            return false;
        }
    }
}
