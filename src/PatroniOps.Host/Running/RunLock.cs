using PatroniOps.Host.CommandLine;

namespace PatroniOps.Host.Running;

/// <summary>Keeps a second run out while the first one works. The system lets it go with the process, however that ends.</summary>
internal static class RunLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <returns>Null: somebody else holds it.</returns>
    /// <param name="path">The file; it is made, and stays.</param>
    /// <param name="patience">How long to wait for it.</param>
    /// <exception cref="UsageException">The file cannot be made.</exception>
    public static IDisposable? Take(string path, TimeSpan patience)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (Exception error) when (error is UnauthorizedAccessException or DirectoryNotFoundException or PathTooLongException)
            {
                throw new UsageException($"The lock cannot be taken: {error.Message}");
            }
            catch (IOException) when (File.Exists(path))
            {
                // Held by another process.
            }
            if (TimeProvider.System.GetElapsedTime(started) >= patience)
                return null;
            Thread.Sleep(Pause);
        }
    }
}
