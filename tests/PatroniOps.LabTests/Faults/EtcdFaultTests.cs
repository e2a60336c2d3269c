using PatroniOps.Lab.Faults;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Faults;

/// <summary>An etcd that a patroni.yml names, and that is none or does not answer.</summary>
[Trait("Category", "Long")]
public sealed class EtcdFaultTests
{
    public static TheoryData<string, string, string> Faults => new()
    {
        { "cut", "Unreachable", "etcd gave no answer" },
        { "half-open", "TimedOut", "no answer within 5 s" },
        { "503", "Unreachable", "503" },
        { "garbage", "Unreachable", "etcd gave no answer" },
        { "page", "InvalidAnswer", "not etcd's" },
        { "deep-json", "InvalidAnswer", "not etcd's" },
        { "endless-body", "InvalidAnswer", "larger than 8 MiB" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task It_is_told_in_time(string fault, string id, string words)
    {
        await using var fleet = new FaultyFleet();
        await using var proxy = FaultProxy.Before(fleet.Rest[0].Port);
        using var session = fleet.Open();
        proxy.Fault = FaultCatalogue.Http[fault];
        var (foundId, text) = Connect(session, proxy);

        Assert.Equal(id, foundId);
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Contains($"127.0.0.1:{proxy.Port}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_redirects_are_not_followed_with_a_login()
    {
        await using var proxy = FaultProxy.Before(1);
        await using var elsewhere = FaultProxy.Before(1);
        await using var fleet = new FaultyFleet();
        using var session = fleet.Open();
        proxy.Fault = HttpFaults.Redirect(elsewhere.Uri);
        var (_, text) = Connect(session, proxy);

        Assert.Contains("307", text, StringComparison.Ordinal);
        Assert.Contains("etcd-secret", proxy.Heard, StringComparison.Ordinal);
        Assert.DoesNotContain("etcd-secret", text, StringComparison.Ordinal);
        Assert.Equal(0, elsewhere.Accepted);
    }

    private static (string Id, string Text) Connect(ModuleSession session, FaultProxy proxy)
    {
        var file = Path.Combine(Path.GetTempPath(), $"patroni-{Guid.NewGuid():N}.yml");
        File.WriteAllText(file, $"scope: demo\netcd3:\n  hosts: 127.0.0.1:{proxy.Port}\n  username: root\n  password: etcd-secret\n");
        try
        {
            return session.Invoke($"Connect-PatroniCluster -ConfigurationPath '{file}'").OnlyError();
        }
        finally
        {
            File.Delete(file);
        }
    }
}
