using System.Collections.Concurrent;
using PatroniOps.Logs;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Logs;

public sealed class LogFollowerTests
{
    [Fact]
    public async Task It_follows_through_growth_replacement_and_truncation()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "a.log");
        using var stop = new CancellationTokenSource();
        var seen = new ConcurrentQueue<string?>();
        var run = new LogFollower(path, new LogReadOptions { NoFold = true }, TimeProvider.System).RunAsync(e => seen.Enqueue(e.SlotName), stop.Token);

        await File.WriteAllTextAsync(path, Line(0, "a"));
        await Until(seen, 1);
        await File.AppendAllTextAsync(path, Line(1, "b")[..40]);
        await Task.Delay(700);
        Assert.Single(seen);
        await File.AppendAllTextAsync(path, Line(1, "b")[40..]);
        await Until(seen, 2);

        File.Move(path, path + ".1");
        await File.AppendAllTextAsync(path + ".1", Line(2, "c"));
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Range(3, 7).Select(i => Line(i, $"d{i}"))));
        await Until(seen, 10);

        await File.WriteAllTextAsync(path, Line(20, "e"));
        await Until(seen, 11);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.Equal(["a", "b", "c", "d3", "d4", "d5", "d6", "d7", "d8", "d9", "e"], seen);
    }

    private static string Line(int second, string slot) => $"2026-11-22 17:47:{second:00}.337 UTC [1] ERROR:  replication slot \"{slot}\" does not exist\n";

    private static async Task Until(ConcurrentQueue<string?> seen, int count)
    {
        for (var i = 0; i < 200 && seen.Count < count; i++)
            await Task.Delay(50);
        Assert.Equal(count, seen.Count);
    }
}
