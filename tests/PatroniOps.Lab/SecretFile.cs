using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab;

/// <summary>Files that hold passwords: mode 0600 from their first byte on, and never seen half written.</summary>
internal static class SecretFile
{
    public static async Task WriteAsync(string path, string text, LabUser? owner, CancellationToken cancellationToken)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using (var writer = new StreamWriter(temporary, options))
            await writer.WriteAsync(text.AsMemory(), cancellationToken);
        owner?.Own(temporary);
        File.Move(temporary, path, overwrite: true);
    }
}
