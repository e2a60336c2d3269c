using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Reporting.Nagios;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Reporting;

[Collection("PowerShell")]
public sealed class NagiosCmdletTests : IDisposable
{
    private static readonly string Incidents = Path.Combine(TestEnvironment.RepositoryRoot, "examples", "incidents");

    private readonly PowerShellSession session = new();

    public void Dispose() => session.Dispose();

    [Theory]
    [InlineData("healthy", "Test-PatroniCluster", 0)]
    [InlineData("archiver-failing", "Test-PatroniCluster", 1)]
    [InlineData("wal-removed", "Test-PatroniCluster", 2)]
    [InlineData("healthy", "Test-WalAvailability", 0)]
    [InlineData("wal-removed", "Test-WalAvailability", 2)]
    public void An_incident_has_its_code_and_one_line(string name, string judge, int code)
    {
        var (output, errors, _) = session.Run("param($file, $judge) Import-PatroniSnapshot $file | & $judge | ConvertTo-NagiosResult -Combine", Path.Combine(Incidents, $"{name}.json"), judge);

        Assert.Empty(errors);
        var result = (NagiosResult)Assert.Single(output).BaseObject;
        Assert.Equal(code, result.Code);
        Assert.StartsWith($"PATRONIOPS {result.Status.ToString().ToUpperInvariant()} - ", result.Line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', result.Line);
    }

    [Fact]
    public void What_could_not_be_read_is_3()
    {
        var snapshot = Verdicts.SampleSnapshot.Healthy().With("a", m => m with { Postgres = m.Postgres with { Collations = Reading.Unknown<CollationVersions>(FailureKind.PermissionDenied, "permission denied") } });
        var output = session.Run("param($snapshot) Test-PatroniCluster -Snapshot $snapshot | ConvertTo-NagiosResult", snapshot).Output;

        Assert.Equal(3, ((NagiosResult)Assert.Single(output).BaseObject).Code);
    }

    [Fact]
    public void A_limit_on_the_lag_counts_for_every_replica()
    {
        var output = session.Run("param($folder) Import-PatroniSnapshot $folder/healthy.json | Test-WalAvailability | ConvertTo-NagiosResult -Warning @{ lag = '@0:1000000000' }", Incidents).Output;

        Assert.Equal(2, output.Count);
        Assert.All(output, o => Assert.Equal(NagiosStatus.Warning, ((NagiosResult)o.BaseObject).Status));
    }

    [Fact]
    public void What_is_no_judgement_or_nothing_is_unknown()
    {
        Assert.Equal(3, ((NagiosResult)Assert.Single(session.Run("'x' | ConvertTo-NagiosResult").Output).BaseObject).Code);
        Assert.Equal(3, ((NagiosResult)Assert.Single(session.Run("@() | ConvertTo-NagiosResult -Combine").Output).BaseObject).Code);
    }

    [Fact]
    public void A_limit_that_is_none_is_an_error() =>
        Assert.Contains("is no range", Assert.Single(session.Run("'x' | ConvertTo-NagiosResult -Critical @{ lag = 'many' }").Errors).ToString(), StringComparison.Ordinal);
}
