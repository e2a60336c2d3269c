using System.Text.Json;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Patroni;

namespace PatroniOps.Fuzz.Targets;

/// <summary>A document of Patroni's REST API, read as the client reads it.</summary>
/// <param name="seeds">Recorded bodies.</param>
public abstract class AnswerTarget(IEnumerable<string> seeds) : IFuzzTarget
{
    private readonly JsonMutator mutator = new(seeds);

    public byte[] Make(FuzzRandom random) => mutator.Make(random);

    public bool Read(byte[] input)
    {
        try
        {
            return Read(Json.Parse(input));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>From here on nothing is refused: what is not understood is unknown.</summary>
    private protected abstract bool Read(JsonElement answer);
}
