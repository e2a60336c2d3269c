
namespace PatroniOps.Tests.Host;

public sealed class CredentialTests(SmallModule module) : HostTest(module)
{
    private const string Reveal = "$PostgresCredential.UserName + ':' + $PostgresCredential.GetNetworkCredential().Password";

    [Fact]
    public async Task The_environment_makes_a_credential()
    {
        var run = await RunAsync(new() { ["PATRONIOPS_PG_USERNAME"] = "watcher", ["PATRONIOPS_PG_PASSWORD"] = "s3cret" }, "-Command", Reveal);
        Assert.Equal(["watcher:s3cret"], run.Lines);
    }

    [Fact]
    public async Task A_password_file_makes_a_credential()
    {
        var file = Module.AddFile("password", "s3cret\n");
        var run = await RunAsync(new() { ["PATRONIOPS_PG_PASSWORD_FILE"] = file }, "-PostgresUser", "watcher", "-Command", Reveal);
        Assert.Equal(["watcher:s3cret"], run.Lines);
    }

    [Fact]
    public async Task Options_make_the_REST_credential_and_name_it_to_a_cmdlet()
    {
        var file = Module.AddFile("rest-password", "s3cret");
        var run = await SucceedAsync("--rest-user", "admin", "--rest-password-file", file, "ForEach-Object", "-InputObject", "$RestCredential", "-MemberName", "UserName");
        Assert.Equal(["admin"], run.Lines);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("list")]
    [InlineData("table")]
    public async Task No_output_shows_a_password(string format)
    {
        var run = await RunAsync(new() { ["PATRONIOPS_REST_USERNAME"] = "u", ["PATRONIOPS_REST_PASSWORD"] = "s3cret" }, "-Output", format, "-Command", "$RestCredential; $RestCredential.Password");
        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("s3cret", run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PATRONIOPS_PG_USERNAME", "There is no password for user 'x'")]
    [InlineData("PATRONIOPS_REST_PASSWORD", "There is a password but no user name: set PATRONIOPS_REST_USERNAME")]
    [InlineData("PATRONIOPS_PG_PASSWORD_FILE", "The password file cannot be read")]
    public async Task Half_a_credential_is_explained(string variable, string message)
    {
        var run = await RunAsync(new() { [variable] = "x" }, "-Command", "1");
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(message, run.Errors, StringComparison.Ordinal);
    }

    private Task<HostRun> RunAsync(Dictionary<string, string> environment, params string[] arguments) =>
        PatroniOpsProcess.RunAsync(new HostStart(["-Module", Module.Folder, .. arguments]) { Environment = environment });
}
