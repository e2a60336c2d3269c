using System.Text;
using PatroniOps.Fuzz.Mutation;

namespace PatroniOps.Fuzz.Targets;

/// <summary>PostgreSQL's jsonlog and Patroni's.</summary>
public sealed class JsonLogTarget() : LogTarget([Seeds.Text("postgresql.json.log")])
{
    private readonly JsonMutator mutator = new(Seeds.Text("postgresql.json.log").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l[l.IndexOf('{', StringComparison.Ordinal)..]));

    public override byte[] Make(FuzzRandom random)
    {
        if (random.OneIn(3))
            return base.Make(random);
        var text = new StringBuilder();
        for (var times = random.Below(5); times >= 0; times--)
        {
            mutator.Write(text, random);
            text.Append('\n');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
