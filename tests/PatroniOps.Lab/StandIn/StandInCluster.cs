using System.Globalization;

namespace PatroniOps.Lab.StandIn;

/// <summary>A leader a with replicas b and c, each behind two ports.</summary>
public sealed class StandInCluster : IAsyncDisposable
{
    private const long FirstIdentifier = 7711053807678862945;

    private readonly List<LoopbackPort> ports = [];
    private readonly StandInMember[] members;
    private long looks;

    private StandInCluster(int number, bool isBroken)
    {
        Scope = string.Create(CultureInfo.InvariantCulture, $"fleet-{number:000}");
        SystemIdentifier = (FirstIdentifier + number).ToString(CultureInfo.InvariantCulture);
        IsBroken = isBroken;
        members = [.. "abc".Select(letter => Member(letter, isStuck: isBroken && letter == 'c'))];
    }

    /// <summary>Patroni's name of the cluster, <c>fleet-001</c>.</summary>
    public string Scope { get; }

    public string SystemIdentifier { get; }

    /// <summary>Replica c waits for WAL that the leader has removed.</summary>
    public bool IsBroken { get; }

    /// <summary>The leader first.</summary>
    public IReadOnlyList<StandInMember> Members => members;

    /// <summary>How often its configuration was asked for, which is once a look.</summary>
    public long Looks => Interlocked.Read(ref looks);

    /// <summary>From now on the cluster names other ports for a member: of what stands before it.</summary>
    public void Advertise(int index, int restPort, int postgresPort) => members[index] = members[index] with { RestPort = restPort, PostgresPort = postgresPort };

    internal void CountLook() => Interlocked.Increment(ref looks);

    internal StandInMember Leader => Members[0];

    internal IEnumerable<StandInMember> Replicas => Members.Skip(1);

    internal static StandInCluster Start(int number, bool isBroken, TimeProvider time)
    {
        var cluster = new StandInCluster(number, isBroken);
        for (var i = 0; i < cluster.Members.Count; i++)
        {
            var member = cluster.Members[i];
            var patroni = new PatroniAnswers(cluster, member, time);
            var postgres = new PostgresAnswers(cluster, member, time);
            cluster.ports[2 * i].Serve((stream, token) => PatroniServer.AnswerAsync(stream, patroni, token));
            cluster.ports[(2 * i) + 1].Serve((stream, token) => new PostgresServer(new BufferedStream(stream), stream, postgres).AnswerAsync(token));
        }
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var port in ports)
            await port.DisposeAsync();
    }

    private StandInMember Member(char letter, bool isStuck)
    {
        var rest = new LoopbackPort();
        var sql = new LoopbackPort();
        ports.AddRange([rest, sql]);
        return new StandInMember($"{Scope}-{letter}", letter == 'a', isStuck, rest.Number, sql.Number);
    }
}
