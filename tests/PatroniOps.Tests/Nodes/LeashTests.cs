using PatroniOps.Nodes;

namespace PatroniOps.Tests.Nodes;

public sealed class LeashTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Node node = Node.Of(new NodeOptions());

    [Theory]
    [InlineData("exit 0", 0)]
    [InlineData("exit 7", 7)]
    public async Task A_program_on_a_leash_ends_as_it_would_without(string script, int expected)
    {
        var result = await Leash.RunAsync(node, new NodeCommand("sh", "-c", $"echo \"$1\"; {script}", "sh", "it's $(here)"), CancellationToken.None);

        Assert.Equal((expected, "it's $(here)\n"), (result.ExitCode, result.Output));
    }

    // The input ends as it does when the tool is killed: nobody holds the other end any more.
    [Fact]
    public async Task A_program_ends_when_its_leash_is_cut()
    {
        using var process = await node.StartAsync(Leash.Tie(new NodeCommand("sh", "-c", "echo $$; exec sleep 600")), CancellationToken.None);
        var pid = await process.ReadLineAsync(CancellationToken.None);
        Assert.True(Directory.Exists($"/proc/{pid}"));

        var result = await process.EndAsync(ReadOnlyMemory<byte>.Empty, CancellationToken.None).WaitAsync(Patience);

        Assert.Equal(128 + 15, result.ExitCode);
        Assert.False(Directory.Exists($"/proc/{pid}"));
    }

    // pg_basebackup's second process goes on receiving WAL when the first one alone is ended.
    [Fact]
    public async Task What_the_program_has_started_ends_with_it()
    {
        using var process = await node.StartAsync(Leash.Tie(new NodeCommand("sh", "-c", "sleep 600 >/dev/null 2>&1 & echo $!; wait")), CancellationToken.None);
        var pid = await process.ReadLineAsync(CancellationToken.None);
        Assert.True(Directory.Exists($"/proc/{pid}"));

        await process.EndAsync(ReadOnlyMemory<byte>.Empty, CancellationToken.None).WaitAsync(Patience);

        Assert.True(SpinWait.SpinUntil(() => !Directory.Exists($"/proc/{pid}"), Patience));
    }

    // Killing a tree stops it first: whoever is killed in between would leave it stopped, with the lock that it holds.
    [Fact]
    public async Task A_program_that_ends_with_its_input_is_not_killed()
    {
        var file = Path.GetTempFileName();
        try
        {
            using (var process = await node.StartAsync(new NodeCommand("sh", "-c", """echo held; cat >/dev/null; sleep 0.2; echo ended >"$1" """, "sh", file), CancellationToken.None))
                Assert.Equal("held", await process.ReadLineAsync(CancellationToken.None));

            Assert.Equal("ended\n", await File.ReadAllTextAsync(file));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task Cancelling_ends_it()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Leash.RunAsync(node, new NodeCommand("sleep", "600"), stop.Token).WaitAsync(Patience));
    }
}
