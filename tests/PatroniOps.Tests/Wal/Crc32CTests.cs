using PatroniOps.Wal;

namespace PatroniOps.Tests.Wal;

public sealed class Crc32CTests
{
    // Source of the value: RFC 3720, B.4, and every catalogue of CRCs.
    [Fact]
    public void GivesTheKnownSum() => Assert.Equal(0xE3069283, Crc32C.End(Crc32C.Append(Crc32C.Initial, "123456789"u8)));

    // Bit by bit, as the polynomial says; longer than several blocks of lanes, at every alignment, in one piece and in two.
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(767)]
    [InlineData(768)]
    [InlineData(769)]
    [InlineData(4099)]
    [InlineData(8192)]
    public void AgreesWithTheDefinition(int length)
    {
        var bytes = new byte[length + 8];
        new Random(length).NextBytes(bytes);
        for (var offset = 0; offset < 8; offset++)
        {
            var piece = bytes.AsSpan(offset, length);
            var expected = ByDefinition(piece);
            Assert.Equal(expected, Crc32C.End(Crc32C.Append(Crc32C.Initial, piece)));
            var cut = length * offset / 8;
            Assert.Equal(expected, Crc32C.End(Crc32C.Append(Crc32C.Append(Crc32C.Initial, piece[..cut]), piece[cut..])));
        }
    }

    private static uint ByDefinition(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFFFFFF;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
        }
        return ~crc;
    }
}
