namespace PatroniOps.Nodes;

/// <summary>
/// The directory of the sockets of shared ssh connections: of this user alone, and gone when it is disposed. What a killed process left behind is
/// removed by the next one, which knows it by a lock that died with its holder.
/// </summary>
internal sealed class SocketDirectory : IDisposable
{
    private const string Prefix = "patroniops-ssh-";
    private const string Owner = "owner";

    private readonly DirectoryInfo directory;
    private readonly FileStream held;

    public SocketDirectory()
    {
        RemoveAbandoned();
        directory = Directory.CreateTempSubdirectory(Prefix);
        held = Hold(Path.Combine(FullName, Owner), FileMode.CreateNew);
    }

    public string FullName => directory.FullName;

    public void Dispose()
    {
        held.Dispose();
        directory.Delete(recursive: true);
    }

    private static void RemoveAbandoned()
    {
        foreach (var candidate in Directory.EnumerateDirectories(Path.GetTempPath(), $"{Prefix}*"))
        {
            try
            {
                using (Hold(Path.Combine(candidate, Owner), FileMode.Open))
                    Directory.Delete(candidate, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Held, of somebody else, or just being made: not ours to remove.
            }
        }
    }

    private static FileStream Hold(string path, FileMode mode) => new(path, mode, FileAccess.ReadWrite, FileShare.None);
}
