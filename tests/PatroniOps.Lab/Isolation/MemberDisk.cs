using System.Globalization;
using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab.Isolation;

/// <summary>A small file system of a member's own, which can be filled without harm to others.</summary>
public static class MemberDisk
{
    private const string BallastName = "ballast";

    /// <summary>Writes until nothing fits any more.</summary>
    public static async Task FillAsync(LabMember member, CancellationToken cancellationToken = default)
    {
        var chunk = new byte[64 << 10];
        await using var ballast = new FileStream(BallastOf(member), FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
                await ballast.WriteAsync(chunk, cancellationToken);
        }
        catch (IOException)
        {
            // It is full.
        }
    }

    /// <summary>Frees what was filled.</summary>
    public static void Free(LabMember member) => File.Delete(BallastOf(member));

    /// <summary>Mounts it; it goes with this program's mount namespace.</summary>
    /// <exception cref="LabException">This program shares its mounts with others, or is not root.</exception>
    internal static Task MountAsync(string directory, long bytes, CancellationToken cancellationToken)
    {
        OwnNamespaces.Demand();
        return RootCommand.RunAsync(["mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={bytes},mode=700"), "tmpfs", directory], cancellationToken);
    }

    private static string BallastOf(LabMember member) => Path.Combine(Path.GetDirectoryName(member.DataDirectory)!, BallastName);
}
