using System.Diagnostics;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Nodes;

public sealed class NodeLockTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Node node = Node.Of(new NodeOptions());

    [Fact]
    public async Task The_second_is_told_who_has_it_and_gets_it_afterwards()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "lock");
        var first = await TakeAsync(path, "ann@one, rebuild 1");
        var refused = await Assert.ThrowsAsync<PatroniOpsException>(() => TakeAsync(path, "bob@two, rebuild 2"));
        Assert.Equal(FailureKind.Refused, refused.Kind);
        Assert.Contains("ann@one, rebuild 1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", refused.Message, StringComparison.Ordinal);
        first.Check();

        first.Dispose();

        using var second = await TakeInTimeAsync(path);
        second.Check();
    }

    [Fact]
    public async Task It_dies_with_its_holder_who_is_told()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "lock");
        using var first = await TakeAsync(path, "first");
        foreach (var pid in HoldersOf(path))
            using (var holder = Process.GetProcessById(pid))
                holder.Kill();

        using var second = await TakeInTimeAsync(path);
        Assert.Equal(FailureKind.Unreachable, Assert.Throws<PatroniOpsException>(first.Check).Kind);
    }

    [Fact]
    public async Task A_lock_that_cannot_be_made_is_refused_with_the_reason()
    {
        var refused = await Assert.ThrowsAsync<PatroniOpsException>(() => TakeAsync("/nowhere/at/all/lock", "nobody"));
        Assert.Contains("No such file", refused.Message, StringComparison.Ordinal);
    }

    private Task<NodeLock> TakeAsync(string path, string who) => NodeLock.TakeAsync(node, path, null, who, CancellationToken.None);

    // The processes that held it end a moment later.
    private async Task<NodeLock> TakeInTimeAsync(string path)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return await TakeAsync(path, "next");
            }
            catch (PatroniOpsException) when (TimeProvider.System.GetElapsedTime(started) < Patience)
            {
                await Task.Delay(50);
            }
        }
    }

    private static IEnumerable<int> HoldersOf(string path) =>
        from directory in Directory.EnumerateDirectories("/proc")
        let pid = int.TryParse(Path.GetFileName(directory), out var number) ? number : 0
        where pid > 0 && HasOpen(directory, path)
        select pid;

    private static bool HasOpen(string directory, string path)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(Path.Combine(directory, "fd")).Any(fd => new FileInfo(fd).LinkTarget == path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
