using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Steering;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Steering;

public sealed class MemberConfigurationJudgeTests
{
    private static readonly SettingRow Keep = new("2048", "MB", "integer", false);
    private static readonly SettingRow Connections = new("100", null, "integer", true);

    /// <summary>What is wanted, whether Patroni has read it, whether it says that a restart is pending, and what comes of it.</summary>
    [Theory]
    [InlineData("", true, false, ConfigurationState.Applied)]
    [InlineData("", false, false, ConfigurationState.NotSeen)]
    [InlineData("", null, false, ConfigurationState.Unknown)]
    [InlineData("keep=2GB", true, false, ConfigurationState.Applied)]
    [InlineData("keep=2GB", false, false, ConfigurationState.NotSeen)]
    [InlineData("keep=2GB", null, false, ConfigurationState.Applied)]
    [InlineData("keep=3GB", true, false, ConfigurationState.Overridden)]
    [InlineData("keep=3GB", false, false, ConfigurationState.NotSeen)]
    [InlineData("keep=3GB", null, false, ConfigurationState.NotSeen)]
    [InlineData("connections=200", true, true, ConfigurationState.RestartPending)]
    [InlineData("connections=200", true, false, ConfigurationState.Overridden)]
    [InlineData("connections=200", false, true, ConfigurationState.NotSeen)]
    [InlineData("connections=200,keep=2GB", true, true, ConfigurationState.RestartPending)]
    [InlineData("connections=200,keep=3GB", true, true, ConfigurationState.Overridden)]
    [InlineData("hidden=1", true, false, ConfigurationState.Unknown)]
    public void A_member_is_where_its_Patroni_and_its_PostgreSQL_are(string wanted, bool? hasRead, bool isPending, ConfigurationState expected)
    {
        var parameters = wanted.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(w => w.Split('=')).ToDictionary(w => w[0], w => w[1]);
        var status = Reading.Of(new PatroniStatus { State = "running", HasPendingRestart = isPending });
        var rows = Reading.Of<IReadOnlyDictionary<string, SettingRow>>(new Dictionary<string, SettingRow> { ["keep"] = Keep, ["connections"] = Connections });

        Assert.Equal(expected, MemberConfigurationJudge.Judge("a", parameters, hasRead, status, rows).State);
    }

    [Fact]
    public void What_was_not_read_is_unknown_with_its_reason()
    {
        var wanted = new Dictionary<string, string> { ["keep"] = "2GB" };
        var noRows = Cluster.Unread<IReadOnlyDictionary<string, SettingRow>>("no login");
        var status = Reading.Of(new PatroniStatus { State = "running" });

        Assert.Equal(new("a", ConfigurationState.Seen, null), MemberConfigurationJudge.Judge("a", wanted, true, status, Reading.Unknown<IReadOnlyDictionary<string, SettingRow>>(FailureKind.NotConfigured, "no login")));
        Assert.Equal(new("a", ConfigurationState.Unknown, "refused"), MemberConfigurationJudge.Judge("a", wanted, true, Cluster.Unread<PatroniStatus>("refused"), noRows));
        Assert.Equal(new("a", ConfigurationState.Unknown, "its parameters were not read: no login"), MemberConfigurationJudge.Judge("a", wanted, true, status, noRows));
    }

    [Theory]
    [InlineData("integer", "MB", "2048", "2GB", true)]
    [InlineData("integer", "MB", "2048", "2048", true)]
    [InlineData("integer", "8kB", "16384", "128MB", true)]
    [InlineData("integer", "8kB", "16384", "64MB", false)]
    [InlineData("integer", "ms", "60000", "1min", true)]
    [InlineData("integer", "s", "300", "5min", true)]
    [InlineData("integer", "ms", "60000", "60", false)]
    [InlineData("integer", null, "100", "100", true)]
    [InlineData("integer", null, "100", "100s", false)]
    [InlineData("integer", "MB", "-1", "-1", true)]
    [InlineData("integer", "MB", "2048", "much", false)]
    [InlineData("real", null, "0.9", "0.90", true)]
    [InlineData("real", null, "0.9", "0.8", false)]
    [InlineData("bool", null, "on", "true", true)]
    [InlineData("bool", null, "off", "true", false)]
    [InlineData("enum", null, "replica", "Replica", true)]
    [InlineData("string", null, "cp %p", "cp %f", false)]
    public void A_value_is_compared_in_its_unit(string type, string? unit, string value, string wanted, bool expected) =>
        Assert.Equal(expected, new SettingRow(value, unit, type, false).IsSame(wanted));

    [Fact]
    public void A_name_is_data_in_the_query() => Assert.Contains("'it''s'", SettingRow.Sql(["it's"]), StringComparison.Ordinal);
}
