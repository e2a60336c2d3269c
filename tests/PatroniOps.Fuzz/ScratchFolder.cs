namespace PatroniOps.Fuzz;

/// <summary>A folder for those that read a file of a state folder: one a target, written anew with every input.</summary>
internal sealed class ScratchFolder
{
    public string Path { get; } = Directory.CreateTempSubdirectory("pops-fuzz-").FullName;

    ~ScratchFolder() => Directory.Delete(Path, recursive: true);

    /// <summary>The file's place, with its folders.</summary>
    public string File(string name)
    {
        var file = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        return file;
    }
}
