
namespace PatroniOps.Tests.Host;

/// <summary>Where the host finds the module when nobody names it: copies of the executable in folders of their own.</summary>
public sealed class ModuleLocationTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("patroniops-layout-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task The_folder_beside_the_executable_comes_first()
    {
        var bin = CopyHost("bin");
        SmallModule.WriteTo(Path.Combine(bin, "PatroniOps"));
        SmallModule.WriteTo(_root.FullName);
        Assert.Equal([Path.Combine(bin, "PatroniOps")], (await ModuleFolderAsync(bin)).Lines);
    }

    [Fact]
    public async Task A_checkout_is_found_upwards()
    {
        SmallModule.WriteTo(_root.FullName);
        Assert.Equal([_root.FullName], (await ModuleFolderAsync(CopyHost(Path.Combine("src", "bin")))).Lines);
    }

    [Fact]
    public async Task Without_a_module_the_error_says_where_it_was_looked_for()
    {
        var bin = CopyHost("bin");
        var run = await ModuleFolderAsync(bin);
        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith($"patroniops: The PatroniOps module was not found: there is no {Path.Combine("PatroniOps", "PatroniOps.psd1")} in '{bin}", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_module_that_is_not_there_is_explained()
    {
        var run = await PatroniOpsProcess.RunAsync("-Module", _root.FullName, "-Command", "1");
        Assert.Equal((2, $"patroniops: There is no module manifest PatroniOps.psd1 at '{_root.FullName}', named by -Module."), (run.ExitCode, run.Errors.TrimEnd()));
    }

    private static Task<HostRun> ModuleFolderAsync(string bin) =>
        PatroniOpsProcess.RunAsync(new HostStart("-Command", "(Get-Module PatroniOps).ModuleBase") { Folder = bin });

    // Without the module that a Release build puts beside the executable: each test says where one is.
    private string CopyHost(string name)
    {
        var target = Path.Combine(_root.FullName, name);
        foreach (var file in Directory.EnumerateFiles(PatroniOpsProcess.Folder, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(PatroniOpsProcess.Folder, file);
            if (relative.StartsWith($"PatroniOps{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                continue;
            var copy = Path.Combine(target, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
        return target;
    }
}
