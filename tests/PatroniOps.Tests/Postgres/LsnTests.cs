using System.Text.Json;
using CsCheck;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Postgres;

public sealed class LsnTests
{
    [Fact]
    public void Text_round_trips() => Gen.ULong.Sample(value => Lsn.Parse(new Lsn(value).ToString()) == new Lsn(value));

    [Fact]
    public void Lower_case_and_leading_zeros_are_taken() => Gen.ULong.Sample(value =>
        Lsn.Parse($"{value >> 32:x8}/{value & 0xFFFFFFFF:x8}").Value == value);

    [Fact]
    public void Json_round_trips_as_text() => Gen.ULong.Sample(value =>
    {
        var json = JsonSerializer.Serialize(new Lsn(value));
        return json == $"\"{new Lsn(value)}\"" && JsonSerializer.Deserialize<Lsn>(json).Value == value;
    });

    [Fact]
    public void Order_is_that_of_the_bytes() => Gen.Select(Gen.ULong, Gen.ULong, (a, b) => (new Lsn(a), new Lsn(b))).Sample(pair =>
    {
        var (a, b) = pair;
        return (a < b) == (a.Value < b.Value) && (a <= b) == (a.Value <= b.Value) && (a > b) == (a.Value > b.Value) && (a >= b) == (a.Value >= b.Value)
            && Math.Sign(a.CompareTo(b)) == Math.Sign(a.Value.CompareTo(b.Value)) && Lsn.Max(a, b)!.Value.Value == Math.Max(a.Value, b.Value);
    });

    [Fact]
    public void Subtraction_undoes_addition() => Gen.Select(Gen.ULong[0, long.MaxValue / 2], Gen.Long[0, long.MaxValue / 2], (a, d) => (new Lsn(a), d)).Sample(pair =>
        pair.Item1 + pair.d - pair.Item1 == pair.d && pair.Item1 - (pair.Item1 + pair.d) == -pair.d);

    [Theory]
    [InlineData("16/B374D848", 0x16_B374D848UL)]
    [InlineData("0/0", 0UL)]
    [InlineData("FFFFFFFF/FFFFFFFF", ulong.MaxValue)]
    [InlineData("1/0", 0x1_0000_0000UL)]
    public void Postgres_texts_are_read(string text, ulong value) => Assert.Equal(value, Lsn.Parse(text).Value);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("0/")]
    [InlineData("/0")]
    [InlineData("16B374D848")]
    [InlineData("0/0/0")]
    [InlineData("G/0")]
    [InlineData("-1/0")]
    [InlineData("0x1/0")]
    [InlineData(" 0/0")]
    [InlineData("0/0 ")]
    [InlineData("0/ 0")]
    [InlineData("000000001/0")]
    [InlineData("0/000000001")]
    public void Texts_that_Postgres_would_not_print_are_refused(string? text)
    {
        Assert.False(Lsn.TryParse(text, out _));
        Assert.Throws<FormatException>(() => Lsn.Parse(text!));
    }

    [Theory]
    [InlineData("319066040", "0/13048FB8")]
    [InlineData("\"0/13048FB8\"", "0/13048FB8")]
    [InlineData("0", "0/0")]
    public void Json_integers_of_the_REST_API_and_texts_of_SQL_are_one_type(string json, string expected)
    {
        Assert.Equal(expected, JsonSerializer.Deserialize<Lsn>(json).ToString());
        Assert.Equal(expected, Json.Lsn(JsonText.Parse($$"""{"x": {{json}} }"""), "x").ToString());
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("\"unknown\"")]
    [InlineData("null")]
    [InlineData("true")]
    public void Json_that_is_no_position_is_unknown_or_an_error_but_never_zero(string json)
    {
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Lsn>(json));
        Assert.Null(Json.Lsn(JsonText.Parse($$"""{"x": {{json}} }"""), "x"));
    }

    [Fact]
    public void An_unknown_position_does_not_count_in_a_maximum()
    {
        Assert.Null(Lsn.Max(null, null));
        Assert.Equal(new Lsn(7), Lsn.Max(null, new Lsn(7)));
        Assert.Equal(new Lsn(7), Lsn.Max(new Lsn(7), null));
    }

    [Fact]
    public void It_compares_with_its_text_and_with_nothing_else()
    {
        Assert.Equal(0, new Lsn(256).CompareTo("0/100"));
        Assert.Equal(1, new Lsn(0).CompareTo((object?)null));
        Assert.Throws<ArgumentException>(() => new Lsn(0).CompareTo(5));
    }
}
