using PatroniOps.Fuzz.Mutation;
using PatroniOps.Patroni;

namespace PatroniOps.Fuzz.Targets;

/// <summary>A patroni.yml.</summary>
public sealed class PatroniYamlTarget : IFuzzTarget
{
    private readonly YamlMutator mutator = new([Seeds.Text("patroni.yml"), Seeds.Text("Evidence/3.0.2/patroni-04.yml")]);

    // The reader keeps a node for every character of a nested list.
    public long MostAllocated(int length) => (512 << 10) + (4096L * length);

    public byte[] Make(FuzzRandom random) => mutator.Make(random);

    public bool Read(byte[] input)
    {
        try
        {
            using var reader = new StreamReader(new MemoryStream(input));
            var file = PatroniConfigFile.Parse(reader, "patroni.yml");
            FuzzException.Require(file.EtcdHosts.Append(file.RestAddress).All(a => a is null or { IsAbsoluteUri: true, PathAndQuery: "/" }), "an address that is none");
            FuzzException.Require(!$"{file}".Contains("not-a-real-secret", StringComparison.Ordinal), "a password is shown");
            _ = ReplicaMethod.BeforeBaseBackup(file, null);
            return true;
        }
        catch (PatroniOpsException e) when (e.Kind == FailureKind.NotConfigured)
        {
            return false;
        }
    }
}
