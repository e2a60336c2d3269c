using System.Text;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Patroni;
using PatroniOps.Tags;

namespace PatroniOps.Fuzz.Targets;

/// <summary>Tags that are changed in the text of a patroni.yml: what was changed is read back, and doing it again changes nothing.</summary>
public sealed class TagTextTarget : IFuzzTarget
{
    private static readonly TagChange[][] Changes = [[new(TagNames.NoFailover, true)], [new(TagNames.NoFailover, null)], [new(TagNames.NoFailover, false), new(TagNames.NoLoadBalance, true)]];

    private readonly YamlMutator mutator = new(
        [Seeds.Text("patroni.yml"), Seeds.Text("Evidence/3.0.2/patroni-04.yml"), "scope: demo\ntags: {nofailover: true, nosync: false}\n", "{\"scope\": \"demo\", \"tags\": {\"nofailover\": false}}", "scope: demo\ntags:\n\nname: x\n"]);

    // The text is read again before and after each change.
    public long MostAllocated(int length) => (2 << 20) + (32768L * length);

    public byte[] Make(FuzzRandom random) => mutator.Make(random);

    public bool Read(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        var changes = Changes[input.Length % Changes.Length];
        try
        {
            var changed = TagText.Apply(text, changes);
            FuzzException.Require(TagText.Apply(changed, changes) == changed, "the second time changes something");
            return true;
        }
        catch (PatroniOpsException e) when (e.Kind == FailureKind.Refused)
        {
            return false;
        }
    }
}
