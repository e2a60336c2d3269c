using System.Text;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Nodes;

public sealed class NodeFilesTests
{
    private readonly NodeFiles files = new(Node.Of(new NodeOptions()));

    [Fact]
    public async Task A_written_file_has_its_bytes_and_its_mode()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "it's a $(file)\n");
        byte[] content = [0, 10, 13, 255, .. Encoding.UTF8.GetBytes("ü")];

        await files.WriteAsync(path, content, "600", null, CancellationToken.None);
        await files.AppendAsync(path, content, CancellationToken.None);

        var read = await files.ReadAsync(path, CancellationToken.None);
        Assert.Equal((byte[])[.. content, .. content], read!);
        Assert.Equal("600", (await files.FindAsync(path, CancellationToken.None))!.Mode);
    }

    // As when the writer is killed before its last byte.
    [Fact]
    public async Task Half_a_file_never_takes_the_name()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("journal", "whole");
        var node = new CuttingNode(3);

        await Assert.ThrowsAsync<PatroniOpsException>(() => new NodeFiles(node).WriteAsync(path, "other"u8.ToArray(), "600", null, CancellationToken.None));

        Assert.Equal("whole", await File.ReadAllTextAsync(path));
        Assert.Equal(["journal"], await files.ListAsync(folder.Path, CancellationToken.None));
    }

    // The tool's own directory may be closed to the user whom a command becomes.
    [Fact]
    public async Task Programs_run_in_the_root_directory() =>
        Assert.Equal("/\n", (await Node.Of(new NodeOptions()).RunAsync(new NodeCommand("pwd"), CancellationToken.None)).Output);

    [Fact]
    public async Task A_rename_never_replaces_anything()
    {
        using var folder = new TemporaryFolder();
        var (from, to) = (folder.Write("from", "1"), folder.Write("to", "2"));

        var refused = await Assert.ThrowsAsync<PatroniOpsException>(() => files.RenameAsync(from, to));

        Assert.Contains("already there", refused.Message, StringComparison.Ordinal);
        Assert.Equal("2", await File.ReadAllTextAsync(to));
        Assert.True(File.Exists(from));
    }
}
