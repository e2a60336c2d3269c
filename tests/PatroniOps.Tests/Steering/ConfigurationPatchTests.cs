using System.Collections;
using System.Management.Automation;
using PatroniOps.Commands;
using PatroniOps.Steering;

namespace PatroniOps.Tests.Steering;

public sealed class ConfigurationPatchTests
{
    [Theory]
    [InlineData("@{ ttl = 30 }", """{"ttl":30}""")]
    [InlineData("@{ 'postgresql.parameters.wal_keep_size' = '2GB' }", """{"postgresql":{"parameters":{"wal_keep_size":"2GB"}}}""")]
    [InlineData("@{ 'postgresql.parameters.pg_stat_statements.track' = 'all' }", """{"postgresql":{"parameters":{"pg_stat_statements.track":"all"}}}""")]
    [InlineData("[ordered]@{ 'postgresql.use_slots' = $true; 'postgresql.use_pg_rewind' = $false }", """{"postgresql":{"use_slots":true,"use_pg_rewind":false}}""")]
    [InlineData("@{ 'slots.app' = @{ type = 'physical' } }", """{"slots":{"app":{"type":"physical"}}}""")]
    [InlineData("@{ pause = $null }", """{"pause":null}""")]
    [InlineData("@{ maximum_lag_on_failover = 1MB }", """{"maximum_lag_on_failover":1048576}""")]
    public void Settings_have_dotted_names(string script, string expected) => Assert.Equal(expected, Setting(script).Document.GetRawText());

    [Theory]
    [InlineData("@{ 'slots' = @{}; 'slots.app' = @{ type = 'physical' } }")]
    [InlineData("@{ 'a..b' = 1 }")]
    [InlineData("@{ '' = 1 }")]
    [InlineData("@{ ttl = { 30 } }")]
    public void What_is_no_setting_is_refused(string script) => Assert.Throws<ArgumentTransformationMetadataException>(() => Setting(script));

    [Theory]
    [InlineData("'{\"ttl\": 30, \"pause\": null}'", """{"ttl": 30, "pause": null}""")]
    [InlineData("@{ ignore_slots = @(@{ name = 'b' }, 1.5, 'x', $null) }", """{"ignore_slots":[{"name":"b"},1.5,"x",null]}""")]
    [InlineData("[pscustomobject]@{ slots = [pscustomobject]@{ a = $null } }", """{"slots":{"a":null}}""")]
    [InlineData("@{ slots = @{} }", """{"slots":{}}""")]
    public void A_patch_is_a_hashtable_an_object_or_JSON(string script, string expected) => Assert.Equal(expected, Patch(script).Document.GetRawText());

    [Theory]
    [InlineData("'[1]'")]
    [InlineData("'{'")]
    public void What_is_no_patch_is_refused(string script) => Assert.Throws<ArgumentTransformationMetadataException>(() => Patch(script));

    private static ConfigurationPatch Setting(string script) => Assert.IsType<ConfigurationPatch>(new ConfigurationPatchTransformationAttribute(areSettings: true).Transform(null!, Value(script)));

    private static ConfigurationPatch Patch(string script) => Assert.IsType<ConfigurationPatch>(new ConfigurationPatchTransformationAttribute().Transform(null!, Value(script)));

    private static object Value(string script)
    {
        using var shell = PowerShell.Create(System.Management.Automation.Runspaces.InitialSessionState.CreateDefault2());
        var output = Assert.Single(shell.AddScript(script).Invoke());
        return output.BaseObject is IDictionary or string ? output.BaseObject : output;
    }
}
