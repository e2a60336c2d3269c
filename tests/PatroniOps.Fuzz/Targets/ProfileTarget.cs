using System.Text.Json;
using PatroniOps.Connections;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Fuzz.Targets;

/// <summary>What is remembered of a cluster: what cannot be read is as if it were not there, and what is read can be learned on from.</summary>
public sealed class ProfileTarget : IFuzzTarget
{
    private readonly ScratchFolder folder = new();
    private readonly ProfileStore store;
    private readonly string file;
    private readonly ClusterSnapshot snapshot = SnapshotFile.FromJson(System.Text.Encoding.UTF8.GetBytes(Seeds.Incidents()[0]), "incident");
    private readonly JsonMutator mutator;

    public ProfileTarget()
    {
        store = new ProfileStore(folder.Path);
        var profile = new ClusterProfile { Cluster = "demo", SystemIdentifier = "42" }.Learn(snapshot);
        store.Save(profile with { SystemIdentifier = "42" });
        file = Directory.EnumerateFiles(folder.Path, "*.json", SearchOption.AllDirectories).Single();
        mutator = new JsonMutator([File.ReadAllText(file), JsonSerializer.Serialize(profile with { Members = [] }, ProfileJson.Default.ClusterProfile)]);
    }

    public byte[] Make(FuzzRandom random) => mutator.Make(random);

    public bool Read(byte[] input)
    {
        File.WriteAllBytes(file, input);
        if (store.Load("demo", "42") is not { } profile)
            return false;
        var learned = profile.Learn(snapshot);
        FuzzException.Require(snapshot.Members.All(m => m.Listed is null || learned.Members.Any(r => r.Name == m.Name)), "a member was not learned");
        FuzzException.Require(store.Save(learned with { Cluster = "demo", SystemIdentifier = "42" }) && store.Load("demo", "42") is not null, "written again it cannot be read");
        _ = (MemberTags.None, profile.Observed.Of("b"));
        return true;
    }
}
