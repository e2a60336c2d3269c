using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PatroniOps.Advice;
using PatroniOps.Commands;
using PatroniOps.Retention;

namespace PatroniOps.Tests.Advice;

/// <summary>Both cmdlets through PowerShell's engine, on a recorded cluster.</summary>
public sealed class AdviceCmdletTests
{
    [Theory]
    [InlineData("100GB", true)]
    [InlineData("@{ 'bar-1' = 100GB }", true)]
    [InlineData("'100GB'", true)]
    [InlineData("@{ 'bar-2' = 100GB }", false)]
    public void Quiet_is_true_only_when_everything_was_judged_and_is_fine(string disk, bool expected) =>
        Assert.Equal(expected, Assert.Single(Run($"Test-PatroniConfiguration -Snapshot $snapshot -Quiet -FreeDisk {disk}")).BaseObject);

    [Fact]
    public void Settings_are_chosen_by_wildcard()
    {
        var advice = Run("$snapshot | Test-PatroniConfiguration max_wal* -Outage 8h").Select(o => Assert.IsType<ConfigurationAdvice>(o.BaseObject));
        Assert.Equal(["MaxWalSenders", "StandbyParameters"], advice.Select(a => a.Rule));
    }

    [Fact]
    public void Retention_of_a_recorded_cluster_comes_from_its_own_rate()
    {
        var retention = Assert.IsType<WalRetention>(Assert.Single(Run("$snapshot | Measure-WalRetention -Outage 8h -FreeDisk 1TB -Over 10s -WarningAction Ignore")).BaseObject);
        Assert.Equal(TimeSpan.FromHours(1), retention.MeasuredOver);
        Assert.Equal(36000L << 20, retention.RecommendedWalKeepSize);
    }

    /// <summary>PowerShell itself reads 30s as a short and 2d as a decimal.</summary>
    [Theory]
    [InlineData("30s", 30)]
    [InlineData("2d", 172800)]
    [InlineData("8h", 28800)]
    [InlineData("5m", 300)]
    [InlineData("90", 90)]
    [InlineData("'2d'", 172800)]
    [InlineData("([TimeSpan]'01:00:00')", 3600)]
    public void A_duration_is_what_was_typed(string typed, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Assert.IsType<WalRetention>(Assert.Single(Run($"$snapshot | Measure-WalRetention -Outage {typed}")).BaseObject).Outage);

    [Fact]
    public void A_free_disk_that_is_no_number_is_refused()
    {
        Assert.Empty(Run("Measure-WalRetention -Snapshot $snapshot -FreeDisk much", out var errors));
        Assert.Contains("not a number of bytes", Assert.Single(errors).Exception.Message, StringComparison.Ordinal);
    }

    private static Collection<PSObject> Run(string script)
    {
        var output = Run(script, out var errors);
        Assert.Empty(errors);
        return output;
    }

    private static Collection<PSObject> Run(string script, out IReadOnlyList<ErrorRecord> errors)
    {
        var state = InitialSessionState.CreateDefault2();
        state.Commands.Add(new SessionStateCmdletEntry("Test-PatroniConfiguration", typeof(TestPatroniConfigurationCommand), null));
        state.Commands.Add(new SessionStateCmdletEntry("Measure-WalRetention", typeof(MeasureWalRetentionCommand), null));
        using var shell = PowerShell.Create(state);
        shell.Runspace.SessionStateProxy.SetVariable("snapshot", new SnapshotBuilder().Build());
        var output = shell.AddScript(script).Invoke();
        errors = [.. shell.Streams.Error];
        return output;
    }
}
