using System.Diagnostics;
using System.Text.Json.Nodes;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Unattended;

/// <summary>The DSC resources, each operation called as dsc does: what was wanted is there, a second set changes nothing and says so, and what is not known is an error.</summary>
public sealed class DscResourceTests(DscResourceTests.Fixture fixture) : IClassFixture<DscResourceTests.Fixture>
{
    private static readonly string Root = Path.GetDirectoryName(ModuleSession.Manifest)!;
    private static readonly string Own = Path.Combine(Root, "module", "dsc");
    private static readonly string WithoutPwsh = Path.Combine(Root, "examples", "dsc", "patroniops");

    public sealed class Fixture() : LabFixture("dsc", new LabOptions { Members = 2 });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task A_slot_is_got_tested_predicted_set_exported_and_deleted()
    {
        var leader = await Lab.TheLeaderAsync();
        const string Wanted = """{"name":"warehouse"}""";
        Assert.False((bool)(await SlotAsync("get", Wanted)).State["_exist"]!);
        var test = await SlotAsync("test", Wanted);
        Assert.False((bool)test.State["_inDesiredState"]!);
        Assert.Equal(["_exist"], test.Different);
        var predicted = await SlotAsync("whatIf", Wanted);
        Assert.Equal((true, "physical"), ((bool)predicted.State["_exist"]!, (string)predicted.State["type"]!));
        Assert.Null((await leader.Rest.GetAsync("/config"))["slots"]);

        var set = await SlotAsync("set", Wanted);
        Assert.Equal((true, true), ((bool)set.State["_exist"]!, (bool)set.State["isOnLeader"]!));
        Assert.Equal(["_exist"], set.Different);
        Assert.True(await leader.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = 'warehouse')"));
        var again = await SlotAsync("set", Wanted);
        Assert.Empty(again.Different);
        Assert.Contains("nothing is changed", again.Message("info"), StringComparison.Ordinal);
        Assert.True((bool)(await SlotAsync("test", Wanted)).State["_inDesiredState"]!);

        var exported = await SlotAsync("export", "");
        Assert.Equal("warehouse", (string)Assert.Single(exported.Lines)["name"]!);
        // What was exported is an instance again.
        Assert.True((bool)(await SlotAsync("test", exported.State.ToJsonString())).State["_inDesiredState"]!);

        var deleted = await SlotAsync("delete", Wanted);
        Assert.Empty(deleted.Lines);
        Assert.Null((await leader.Rest.GetAsync("/config"))["slots"]);
        Assert.Empty((await SlotAsync("set", """{"name":"warehouse","_exist":false}""")).Different);
    }

    [Trait("Category", "Long")]
    [Fact]
    public async Task Settings_are_set_and_others_stay()
    {
        var leader = await Lab.TheLeaderAsync();
        var before = await leader.Rest.GetAsync("/config");
        const string Wanted = """{"settings":{"maximum_lag_on_failover":4194304,"postgresql":{"parameters":{"work_mem":"6MB"}}}}""";
        var set = await ConfigurationAsync("set", Wanted);
        Assert.Equal(["settings"], set.Different);
        Assert.Equal("6MB", (string)set.State["settings"]!["postgresql"]!["parameters"]!["work_mem"]!);
        var after = await leader.Rest.GetAsync("/config");
        Assert.Equal(((int)before["ttl"]!, 4194304), ((int)after["ttl"]!, (int)after["maximum_lag_on_failover"]!));
        Assert.Equal("6MB", await leader.ScalarAsync<string>("SHOW work_mem"));
        Assert.Empty((await ConfigurationAsync("set", Wanted)).Different);
        Assert.Equal(4194304, (int)(await ConfigurationAsync("export", "")).State["settings"]!["maximum_lag_on_failover"]!);
        // null takes it out again.
        var gone = await ConfigurationAsync("set", """{"settings":{"postgresql":{"parameters":{"work_mem":null}}}}""");
        Assert.Null(gone.State["settings"]!["postgresql"]!["parameters"]!["work_mem"]);
    }

    [Fact]
    public async Task Health_is_told()
    {
        var state = (await HealthAsync("test", "{}")).State;
        Assert.Equal(("Healthy", true), ((string)state["verdict"]!, (bool)state["_inDesiredState"]!));
    }

    [Trait("Category", "Long")]
    [Theory]
    [InlineData(2, "is not as its schema says", """{"nam":"x"}""", null)]
    [InlineData(2, "is no name of a slot", """{"name":"Ä"}""", null)]
    [InlineData(2, "physical without database", """{"name":"a","type":"physical","plugin":"p"}""", null)]
    [InlineData(3, "not reachable", """{"name":"a"}""", "http://127.0.0.1:1")]
    public async Task What_failed_is_an_error_with_its_code(int code, string why, string instance, string? uri)
    {
        var run = await DscRun.CallAsync(Lab, Path.Combine(WithoutPwsh, "slot.dsc.resource.json"), "test", instance, uri);
        Assert.Equal(code, run.ExitCode);
        Assert.Empty(run.Lines);
        Assert.Contains(why, run.Message("error"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("slot.dsc.resource.json")]
    [InlineData("configuration.dsc.resource.json")]
    [InlineData("health.dsc.resource.json")]
    public async Task The_manifests_for_pwsh_and_without_it_differ_in_the_program_alone(string file)
    {
        var own = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Own, file)))!.AsObject();
        var other = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(WithoutPwsh, file)))!.AsObject();
        foreach (var method in own.Where(p => p.Value is JsonObject o && o.ContainsKey("executable")).Select(p => p.Key).ToList())
        {
            Assert.Equal(own[method]!["args"]!.AsArray().Select(a => (string)a!).TakeLast(2), other[method]!["args"]!.AsArray().Select(a => (string)a!).TakeLast(2));
            foreach (var key in new[] { "executable", "args" })
                Assert.True(own[method]!.AsObject().Remove(key) && other[method]!.AsObject().Remove(key));
        }
        Assert.True(JsonNode.DeepEquals(own, other));
    }

    [Trait("Category", "Long")]
    [Fact]
    public async Task Manifests_and_outputs_are_valid_by_the_published_schemas()
    {
        foreach (var folder in new[] { Own, WithoutPwsh })
            foreach (var file in Directory.EnumerateFiles(folder, "*.dsc.resource.json"))
                await IsValidAsync("manifest.json", JsonNode.Parse(await File.ReadAllTextAsync(file))!);
        const string Wanted = """{"name":"valid"}""";
        foreach (var operation in new[] { "get", "test", "whatIf", "set", "export" })
            await IsValidAsync($"stdout.{operation}.json", [.. (await SlotAsync(operation, Wanted)).Lines]);
        await SlotAsync("delete", Wanted);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => IsValidAsync("manifest.json", new JsonObject { ["type"] = "x" }));
    }

    private static async Task IsValidAsync(string schema, params JsonNode[] documents)
    {
        var info = new ProcessStartInfo("/usr/bin/python3", ["-W", "ignore", Path.Combine(Root, "tests", "schemas", "dsc", "validate.py"), schema]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(info)!;
        foreach (var document in documents)
            await process.StandardInput.WriteLineAsync(document.ToJsonString());
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{schema}: {await output}{await errors}");
    }

    private Task<DscRun> SlotAsync(string operation, string instance) => CallAsync("slot", operation, instance);

    private Task<DscRun> ConfigurationAsync(string operation, string instance) => CallAsync("configuration", operation, instance);

    private Task<DscRun> HealthAsync(string operation, string instance) => CallAsync("health", operation, instance);

    private async Task<DscRun> CallAsync(string resource, string operation, string instance)
    {
        var run = await DscRun.CallAsync(Lab, Path.Combine(WithoutPwsh, $"{resource}.dsc.resource.json"), operation, instance);
        Assert.True(run.ExitCode == 0, $"{operation}: {run.Message("error")}");
        return run;
    }
}
