using System.Management.Automation;
using PatroniOps.Commands;

namespace PatroniOps.Tests.Commands;

[Collection("PowerShell")]
public sealed class DisplayTests
{
    [Theory]
    [InlineData(null, "unknown")]
    [InlineData(0L, "0 B")]
    [InlineData(8368L, "8368 B")]
    [InlineData(10240L, "10.0 KiB")]
    [InlineData(184549376L, "176.0 MiB")]
    [InlineData(-16777216L, "-16.0 MiB")]
    [InlineData(5L << 30, "5.0 GiB")]
    [InlineData(3L << 40, "3.0 TiB")]
    [InlineData(long.MinValue, "-8388608.0 TiB")]
    public void Sizes_are_for_people(long? bytes, string text) => Assert.Equal(text, Display.Bytes(bytes));

    [Theory]
    [InlineData(null, "unknown")]
    [InlineData(0.04, "0.0 s")]
    [InlineData(4.91, "4.9 s")]
    [InlineData(120d, "2 min")]
    [InlineData(7200d, "2.0 h")]
    [InlineData(200_000d, "2.3 days")]
    public void Durations_are_for_people(double? seconds, string text) => Assert.Equal(text, Display.Duration(seconds is { } s ? TimeSpan.FromSeconds(s) : null));

    [Fact]
    public void Instants_are_in_UTC_whatever_they_have_been_through()
    {
        var instant = new DateTimeOffset(2026, 1, 2, 4, 4, 5, TimeSpan.FromHours(1));

        Assert.Equal("2026-01-02 03:04:05Z", Display.Instant(instant));
        Assert.Equal("2026-01-02 03:04:05Z", Display.Instant(instant.UtcDateTime));
        Assert.Equal("2026-01-02 03:04:05Z", Display.Instant(PSSerializer.Deserialize(PSSerializer.Serialize(instant))));
        Assert.Equal("unknown", Display.Instant(null));
        Assert.Equal("-", Display.Instant(null, "-"));
    }

    [Theory]
    [InlineData("Healthy", "\e[32mHealthy\e[0m")]
    [InlineData("Unknown", "\e[33mUnknown\e[0m")]
    [InlineData("PseudoHealthy", "\e[31mPseudoHealthy\e[0m")]
    [InlineData("Info", "Info")]
    [InlineData("anything", "anything")]
    [InlineData(null, "")]
    public void A_state_has_the_colour_of_what_it_means(string? state, string text)
    {
        var style = PSStyle.Instance;
        var before = style.OutputRendering;
        try
        {
            style.OutputRendering = OutputRendering.Ansi;
            Assert.Equal(text, Display.Status(state, style));
        }
        finally
        {
            style.OutputRendering = before;
        }
    }

    [Fact]
    public void Yes_and_no_are_three()
    {
        Assert.Equal("True", Display.Flag(true, null));
        Assert.Equal("False", Display.Flag(false, null));
        Assert.Equal("unknown", Display.Flag(null, null));
    }

    [Fact]
    public void Several_are_named_below_what_they_are_about()
    {
        var items = new[] { new { Member = (string?)"b", Id = "x" }, new { Member = (string?)"c", Id = "y" }, new { Member = (string?)"b", Id = "z" }, new { Member = (string?)null, Id = "w" } };

        Assert.Equal("b: x, z; c: y; w", Display.Grouped(items, "Member", "Id"));
        Assert.Equal("b: x, z; c: y; w", Display.Grouped(items.Select(i => PSObject.AsPSObject(i)), "Member", "Id"));
        Assert.Equal("", Display.Grouped(null, "Member", "Id"));
    }

    [Theory]
    [InlineData("a\nb", 3, "a b")]
    [InlineData("abcd", 3, "ab…")]
    [InlineData(null, 3, "")]
    public void A_text_leaves_the_others_their_room(string? text, int length, string shown) => Assert.Equal(shown, Display.Shortened(text, length));
}
