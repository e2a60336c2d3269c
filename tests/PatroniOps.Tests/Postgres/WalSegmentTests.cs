using CsCheck;
using PatroniOps.Postgres;

namespace PatroniOps.Tests.Postgres;

public sealed class WalSegmentTests
{
    private static readonly Gen<long> Sizes = Gen.Int[20, 30].Select(bits => 1L << bits);

    private static readonly Gen<WalSegment> Segments =
        Gen.Select(Gen.UInt[1, uint.MaxValue], Gen.ULong, Sizes, (timeline, position, size) => WalSegment.Holding(new Lsn(position), timeline, size));

    [Fact]
    public void Names_round_trip_at_every_segment_size() => Segments.Sample(segment =>
        segment.Name.Length == 24 && WalSegment.TryParse(segment.Name, segment.Size, out var read) && read == segment);

    [Fact]
    public void A_segment_holds_the_positions_from_its_start_to_before_its_end() => Gen.Select(Gen.ULong[0, ulong.MaxValue >> 1], Sizes, (p, s) => (new Lsn(p), s)).Sample(x =>
    {
        var segment = WalSegment.Holding(x.Item1, 1, x.s);
        return segment.Start <= x.Item1 && x.Item1 < segment.End && segment.End - segment.Start == x.s;
    });

    [Theory]
    [InlineData("0/4000110", 1, 16, "000000010000000000000004")]
    [InlineData("0/4000000", 1, 16, "000000010000000000000004")]
    [InlineData("1/0", 2, 16, "000000020000000100000000")]
    [InlineData("0/FFFFFFFF", 1, 16, "0000000100000000000000FF")]
    [InlineData("0/FFFFFFFF", 1, 1, "000000010000000000000FFF")]
    [InlineData("0/FFFFFFFF", 1, 1024, "000000010000000000000003")]
    [InlineData("3/40000000", 255, 1024, "000000FF0000000300000001")]
    public void Names_are_those_of_Postgres(string lsn, uint timeline, long megabytes, string name) =>
        Assert.Equal(name, WalSegment.Holding(Lsn.Parse(lsn), timeline, megabytes << 20).Name);

    [Theory]
    [InlineData("000000010000000000000004.partial")]
    [InlineData("000000010000000000000004.00000028.backup")]
    [InlineData("00000002.history")]
    [InlineData("00000001000000000000000a")]
    [InlineData("00000001000000000000004")]
    [InlineData("0000000100000000000000004")]
    [InlineData("000000010000000000000100")]
    [InlineData("000000000000000000000004")]
    [InlineData("00000001000000000000000G")]
    [InlineData("archive_status")]
    [InlineData("")]
    public void What_is_no_segment_at_16_MB_is_refused(string name) => Assert.False(WalSegment.TryParse(name, WalSegment.DefaultSize, out _));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1 << 19)]
    [InlineData((1 << 20) + 1)]
    [InlineData(3 << 20)]
    [InlineData(1L << 31)]
    public void Sizes_that_Postgres_cannot_have_are_refused(long size)
    {
        Assert.False(WalSegment.IsValidSize(size));
        Assert.False(WalSegment.TryParse("000000010000000000000001", size, out _));
    }

    [Fact]
    public void Order_is_by_place_in_the_log_before_timeline() =>
        Assert.True(new WalSegment(2, 5, WalSegment.DefaultSize) < new WalSegment(1, 6, WalSegment.DefaultSize) && new WalSegment(1, 5, WalSegment.DefaultSize) < new WalSegment(2, 5, WalSegment.DefaultSize));
}
