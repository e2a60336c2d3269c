namespace PatroniOps.LabTests.Backups;

/// <summary>A file with one bit that is wrong for a while.</summary>
internal sealed class Flipped : IDisposable
{
    private readonly string path;

    private Flipped(string path) => this.path = path;

    public static Flipped Of(string path)
    {
        var flipped = new Flipped(path);
        flipped.Flip();
        return flipped;
    }

    public void Dispose() => Flip();

    // In place: owner and mode stay.
    private void Flip()
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = file.Length / 2;
        var value = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(value ^ 0x10));
    }
}
