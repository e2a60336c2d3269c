using PatroniOps.Lab.Faults;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Faults;

/// <summary>A real SSH server behind a line that goes bad, before a command and in the midst of one.</summary>
[Trait("Category", "Long")]
public sealed class SshFaultTests : IDisposable
{
    // More than an SSH server says before a command begins, and less than the listing of the archive.
    private const long InTheMidst = 20_000;
    private const int Segments = 3000;

    private readonly SshServer server = SshServer.Start();
    private readonly DirectoryInfo archive = Directory.CreateTempSubdirectory("archive-");

    public SshFaultTests()
    {
        // Where root logs in, archives are read as postgres.
        if (!OperatingSystem.IsWindows())
            archive.UnixFileMode |= UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        for (var number = 1; number <= Segments; number++)
            File.Create(Path.Combine(archive.FullName, $"00000001{number / 256:X8}{number % 256:X8}")).Dispose();
    }

    public static TheoryData<string, long, int> Faults => new()
    {
        // Seconds: what ssh itself allows, and then some.
        { "cut", 0, 20 },
        { "cut", InTheMidst, 20 },
        { "half-open", 0, 40 },
        { "half-open", InTheMidst, 120 },
        { "drip", 0, 120 },
    };

    public void Dispose()
    {
        server.Dispose();
        archive.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_command_on_a_node_ends_and_the_next_archive_is_looked_into(string fault, long passing, int seconds)
    {
        await using var fleet = new FaultyFleet();
        await using var proxy = FaultProxy.Before(server.Port);
        using var session = fleet.Open();
        proxy.Fault = (LineFault)FaultCatalogue.Http[fault] with { Passing = passing };
        var before = Footprint.Files();

        var started = TimeProvider.System.GetTimestamp();
        var answer = await Task.Run(() => session.Invoke(
            $"Get-WalArchiveGap '{archive.FullName}' -HostName {SshServer.HostName} -SshConfigPath '{server.Configuration()}' -Port {proxy.Port}; Test-WalArchive '{archive.FullName}' -NameOnly"));
        var took = TimeProvider.System.GetElapsedTime(started);

        Assert.True(took < TimeSpan.FromSeconds(seconds), $"It took {took.TotalSeconds:0.0} s.");
        var (id, text) = answer.OnlyError();
        Assert.Contains(id, new[] { "Unreachable", "TimedOut" });
        Assert.Contains($"{SshServer.HostName}: ssh failed", text, StringComparison.Ordinal);
        Assert.Equal(Segments, Assert.Single(answer.All<PatroniOps.Archives.WalArchiveTest>()).Count);
        await Eventually.Read(TimeSpan.FromSeconds(30), () => proxy.Open, open => open == 0);
        Assert.Equal(before, Footprint.Files());
    }

    [Fact]
    public async Task Nothing_is_wrong_with_a_line_that_is_whole()
    {
        await using var fleet = new FaultyFleet();
        await using var proxy = FaultProxy.Before(server.Port);
        using var session = fleet.Open();
        var test = session.One<PatroniOps.Archives.WalArchiveTest>($"Test-WalArchive '{archive.FullName}' -NameOnly -HostName {SshServer.HostName} -SshConfigPath '{server.Configuration()}' -Port {proxy.Port}");

        Assert.Equal(Segments, test.Count);
        Assert.Equal(1, proxy.Accepted);
    }
}
