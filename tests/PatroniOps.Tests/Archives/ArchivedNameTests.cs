using PatroniOps.Archives;

namespace PatroniOps.Tests.Archives;

public sealed class ArchivedNameTests
{
    private const string Sum = "-0123456789abcdef0123456789abcdef01234567";

    [Theory]
    [InlineData("0000000A00000001000000FE", ArchivedFileKind.Segment)]
    [InlineData("0000000A00000001000000FE.gz", ArchivedFileKind.Segment)]
    [InlineData("0000000A00000001000000FE" + Sum, ArchivedFileKind.Segment)]
    [InlineData("0000000A00000001000000FE" + Sum + ".zst", ArchivedFileKind.Segment)]
    [InlineData("0000000A00000001000000FE.partial", ArchivedFileKind.Partial)]
    [InlineData("0000000A00000001000000FE.partial" + Sum + ".lz4", ArchivedFileKind.Partial)]
    [InlineData("0000000A00000001000000FE.partial.gz", ArchivedFileKind.Partial)]
    [InlineData("0000000A00000001000000FE.00000028.backup", ArchivedFileKind.BackupLabel)]
    [InlineData("0000000A00000001000000FE.00000028.backup.lz4", ArchivedFileKind.BackupLabel)]
    public void A_segments_family_is_told_apart(string name, ArchivedFileKind kind) =>
        Assert.Equal(new ArchivedName(kind, 10, 0x1_000000FE), ArchivedName.Parse(name));

    [Theory]
    [InlineData("0000000A.history")]
    [InlineData("0000000A.history.gz")]
    public void A_history_is_a_history(string name) => Assert.Equal(new ArchivedName(ArchivedFileKind.History, 10, 0), ArchivedName.Parse(name));

    [Theory]
    [InlineData("")]
    [InlineData("readme.txt")]
    [InlineData("00000000.history")]
    [InlineData("0000000a.history")]
    [InlineData("0000000A.history.old")]
    [InlineData("000000000000000100000001")]
    [InlineData("0000000A00000001000000fe")]
    [InlineData("0000000A00000001000000F")]
    [InlineData("0000000A00000001000000FE.tmp")]
    [InlineData("0000000A00000001000000FE-0123")]
    [InlineData("0000000A00000001000000FE.0000028.backup")]
    [InlineData("0000000A00000001000000FE.00000028.backupx")]
    [InlineData("0000000A00000001000000FE.gz.part")]
    public void Whatever_else_lies_there_is_foreign(string name) => Assert.Equal(default, ArchivedName.Parse(name));

    [Fact]
    public void The_sum_in_a_name_is_pgBackRests()
    {
        Assert.Equal(Sum[1..], ArchivedName.Sha1($"0000000A00000001000000FE{Sum}.zst"));
        Assert.Null(ArchivedName.Sha1("0000000A00000001000000FE.zst"));
    }
}
