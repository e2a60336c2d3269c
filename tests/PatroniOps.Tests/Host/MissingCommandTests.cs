
namespace PatroniOps.Tests.Host;

public sealed class MissingCommandTests(SmallModule module) : HostTest(module)
{
    [Theory]
    [InlineData("Get-Sample | Format-Table", "-Output table, list, json or csv")]
    [InlineData("Get-Sample | ConvertTo-Json", "-Output table, list, json or csv")]
    [InlineData("Get-Sample | select Name", "[pscustomobject]")]
    [InlineData("Get-Credential", "$PostgresCredential")]
    [InlineData("Write-Host hello", "double-quoted string")]
    [InlineData("Copy-Item a b", "run the script in pwsh")]
    [InlineData("Get-Sampel", "Did you mean Get-Sample?")]
    [InlineData("Invoke-Nonsense", "Get-Command lists")]
    public async Task A_script_is_told_what_to_use_instead(string script, string advice)
    {
        var error = await FailAsync(1, "-Command", script);
        Assert.StartsWith("patroniops: There is no command '", error, StringComparison.Ordinal);
        Assert.Contains(advice, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistyped_call_is_told_the_name() =>
        Assert.Equal("patroniops: There is no command 'Get-Smple' here. Did you mean Get-Sample?", await FailAsync(1, "Get-Smple", "-Name", "x"));
}
