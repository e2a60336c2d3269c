using System.Diagnostics;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;
using PatroniOps.Recovery;

namespace PatroniOps.LabTests.Rebuilds;

/// <summary>What travels is compressed by the source, and what is left over is packed.</summary>
[Trait("Category", "Long")]
public sealed class CompressionTests(CompressionTests.Fixture fixture) : IClassFixture<CompressionTests.Fixture>
{
    public sealed class Fixture() : LabFixture("compression", new LabOptions { Members = 2 });

    private LabCluster Lab => fixture.Lab;

    [Theory]
    [InlineData("Gzip")]
    [InlineData("Lz4")]
    [InlineData("Zstd")]
    public async Task The_source_compresses_and_the_old_data_is_packed(string compression)
    {
        await Lab.WaitHealthyAsync(LabFacts.HealthyAgain);
        var leader = await Lab.TheLeaderAsync();
        var victim = Lab.Members.Single(member => member != leader);
        await using var writer = Writer.Start(Lab);
        using var session = ModuleSession.Connect(Lab);

        var rebuilt = session.One<ReplicaRebuildResult>($"Invoke-ReplicaRebuild {victim.Name} -Method BaseBackup -Compression {compression} -OldData Archive -SoakTime 2s {LabNode.Parameters(Lab, victim)} -Confirm:$false");

        Assert.Contains($"COMPRESSION '{compression.ToLowerInvariant()}'", await File.ReadAllTextAsync(leader.PostgresLog), StringComparison.Ordinal);
        Assert.Equal((false, null), (rebuilt.IsUndoable, rebuilt.OldDirectory));
        Assert.Contains($"{victim.DataDirectory[1..]}.patroniops-old-{rebuilt.JournalId}/PG_VERSION\n", List(rebuilt.OldArchive!), StringComparison.Ordinal);
        Assert.Equal([Path.GetFileName(rebuilt.OldArchive!)], LabRebuild.Beside(victim).Where(n => n.Contains($"-old-{rebuilt.JournalId}", StringComparison.Ordinal)));
        var (id, text) = session.Invoke($"Undo-ReplicaRebuild {rebuilt.JournalId} -Confirm:$false").OnlyError();
        Assert.Equal("Refused", id);
        Assert.Contains($"tar -C / -xzf {rebuilt.OldArchive}", text, StringComparison.Ordinal);
        await writer.AllRowsAreOnAsync(leader, victim);
    }

    private static string List(string archive)
    {
        using var process = Process.Start(new ProcessStartInfo("tar", ["-tzf", archive]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd();
    }
}
