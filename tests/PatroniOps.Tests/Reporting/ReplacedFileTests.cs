using PatroniOps.Reporting;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Reporting;

public sealed class ReplacedFileTests
{
    [Fact]
    public async Task A_reader_sees_the_old_text_or_the_new_one_and_nothing_else()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("patroniops.prom", Text(0));
        using var end = new CancellationTokenSource();
        var writer = Task.Run(async () =>
        {
            for (var i = 1; i <= 200; i++)
                await ReplacedFile.WriteAsync(file, System.Text.Encoding.UTF8.GetBytes(Text(i % 10)), default);
            await end.CancelAsync();
        });
        var read = 0;
        while (!end.IsCancellationRequested && !writer.IsFaulted)
        {
            var text = await File.ReadAllTextAsync(file);
            Assert.True(text.Length == 100_000 && text.All(c => c == text[0]), "a part of a text was read");
            read++;
        }
        await writer;

        Assert.True(read > 0);
        Assert.Equal([file], Directory.GetFileSystemEntries(folder.Path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Who_has_the_old_file_open_reads_it_to_its_end()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("patroniops.prom", "old");
        using var open = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));

        await ReplacedFile.WriteAsync(file, "new text"u8.ToArray(), default);

        Assert.Equal(("old", "new text"), (await open.ReadToEndAsync(), await File.ReadAllTextAsync(file)));
    }

    [Fact]
    public async Task What_cannot_be_put_in_place_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        folder.Write("patroniops.prom/is-a-folder", "x");

        await Assert.ThrowsAnyAsync<Exception>(() => ReplacedFile.WriteAsync(Path.Combine(folder.Path, "patroniops.prom"), "y"u8.ToArray(), default));

        Assert.Equal(["patroniops.prom"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    private static string Text(int digit) => new((char)('0' + digit), 100_000);
}
