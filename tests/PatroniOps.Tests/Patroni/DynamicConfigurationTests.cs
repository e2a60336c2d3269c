using CsCheck;
using PatroniOps.Patroni;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Patroni;

public sealed class DynamicConfigurationTests
{
    [Fact]
    public void What_is_absent_has_Patronis_default()
    {
        var configuration = Of("{}");

        Assert.Equal((10.0, 30.0, 10.0), (configuration.LoopWait.TotalSeconds, configuration.Ttl.TotalSeconds, configuration.RetryTimeout.TotalSeconds));
        Assert.True(configuration.UseSlots);
        Assert.False(configuration.UsePgRewind || configuration.IsPaused || configuration.IsStandbyCluster);
        Assert.Equal(TimeSpan.FromMinutes(30), configuration.MemberSlotsTtl);
        Assert.Empty(configuration.PermanentSlots);
        Assert.Empty(configuration.IgnoredSlots);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("90", 90)]
    [InlineData("\"90\"", 90)]
    [InlineData("\"90s\"", 90)]
    [InlineData("\"30min\"", 1800)]
    [InlineData("\"30 min\"", 1800)]
    [InlineData("\"2h\"", 7200)]
    [InlineData("\"1d\"", 86400)]
    [InlineData("\"1500ms\"", 1.5)]
    [InlineData("\"1.5h\"", 5400)]
    [InlineData("\"soon\"", 1800)]
    [InlineData("\"5 parsecs\"", 1800)]
    [InlineData("null", 1800)]
    [InlineData("[]", 1800)]
    public void Durations_take_Postgres_units_and_fall_back_to_the_default(string json, double seconds) =>
        Assert.Equal(seconds, Of($$"""{"member_slots_ttl": {{json}} }""").MemberSlotsTtl.TotalSeconds);

    [Fact]
    public void A_huge_number_of_days_is_no_duration() => Assert.Equal(TimeSpan.FromMinutes(30), Of("""{"member_slots_ttl": "999999999d"}""").MemberSlotsTtl);

    [Theory]
    [InlineData("slots")]
    [InlineData("permanent_slots")]
    [InlineData("permanent_replication_slots")]
    public void Permanent_slots_have_three_names(string key) =>
        Assert.Equal(["x"], Of($$$"""{"{{{key}}}": {"x": {"type": "physical"} } }""").PermanentSlots.Select(s => s.Name));

    [Theory]
    [InlineData("""{"type": "physical"}""", false)]
    [InlineData("""{"type": "logical", "database": "d", "plugin": "p"}""", true)]
    [InlineData("""{"database": "d", "plugin": "p"}""", true)]
    [InlineData("""{"database": "d"}""", false)]
    [InlineData("{}", false)]
    [InlineData("null", false)]
    public void A_permanent_slot_is_logical_by_its_word_or_by_database_and_plugin(string json, bool isLogical) =>
        Assert.Equal(isLogical, Assert.Single(Of($$$"""{"slots": {"x": {{{json}}} }}""").PermanentSlots).IsLogical);

    [Theory]
    [InlineData("false", false)]
    [InlineData("\"off\"", false)]
    [InlineData("\"no\"", false)]
    [InlineData("0", false)]
    [InlineData("true", true)]
    [InlineData("\"on\"", true)]
    public void Flags_are_written_in_many_ways(string json, bool expected) => Assert.Equal(expected, Of($$$"""{"postgresql": {"use_slots": {{{json}}} }}""").UseSlots);

    [Fact]
    public void No_JSON_makes_it_throw() => HostileJson.Value.Sample(json =>
    {
        var c = Of(json);
        _ = (c.LoopWait, c.Ttl, c.RetryTimeout, c.UseSlots, c.UsePgRewind, c.MemberSlotsTtl, c.IsPaused, c.IsStandbyCluster, c.Parameters.Count, c.PermanentSlots.Count, c.IgnoredSlots.Count);
    }, iter: 3000);

    private static DynamicConfiguration Of(string json) => new(JsonText.Parse(json));
}
