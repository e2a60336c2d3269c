using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using PatroniOps.Advice;
using PatroniOps.Commands;
using PatroniOps.Retention;
using PatroniOps.Steering;
using PatroniOps.Tests.Advice;

namespace PatroniOps.Tests.Steering;

/// <summary>The calls that Test-PatroniConfiguration and Measure-WalRetention print are the ones that Set-PatroniConfiguration takes.</summary>
public sealed class AdvisedPatchTests : IDisposable
{
    // Stands where the cmdlet will stand, with its own way of reading -Patch; Read-Host answers as a person would.
    private const string Receiver = "function Read-Host { 'typed' }; function Set-PatroniConfiguration { param([string] $Cluster, [object] $Patch) $Patch }";

    private static readonly Gen<object?> Values = Gen.OneOf(
        Any<object?>(null, true, false, 16, 1L << 40, "on", "it's", "\u2018x\u2019", "$(1)", "2GB", new Ask("archive_command")),
        Any("""{"type": "physical"}""", "{}", """[1, {"a": null}, "b", [true]]""", """{"a b": {"database": "d'", "plugin": "p"}}""", "1.5").Select(j => (object?)Parse(j)));

    private static readonly Gen<Change> Changes = Gen.OneOf(
        Gen.Select(Any("ttl", "slots", "member_slots_ttl"), Values, Change.Of),
        Gen.Select(Any("use_slots", "my-key"), Values, Change.Postgresql),
        Gen.Select(Any("wal_keep_size", "pg_stat_statements.track", "it's"), Values, Change.Parameter));

    private readonly Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());

    public AdvisedPatchTests()
    {
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        shell.AddScript(Receiver).Invoke();
    }

    public void Dispose() => runspace.Dispose();

    [Fact]
    public void Whatever_changes_are_printed_they_are_the_ones_that_are_made() => Changes.Array[1, 5]
        .Select(c => c.DistinctBy(x => string.Join('\n', x.Path)).ToList())
        .Sample(changes =>
        {
            var command = PatchCommand.Of("demo", changes);
            Assert.True(JsonNode.DeepEquals(Intended(changes), JsonNode.Parse(Run(command).Document.GetRawText())), $"{command}: {Run(command)}");
        }, iter: 300, threads: 1);

    [Theory]
    [MemberData(nameof(RuleTests.Cases), MemberType = typeof(RuleTests))]
    public void Every_advice_with_a_call_changes_the_configuration(string rule, string setting, string change, AdviceStatus status, string? command)
    {
        var snapshot = RuleTests.Changed(change).Build();
        var advice = ConfigurationJudge.Judge(snapshot, new AdviceOptions { FreeDisk = new FreeDisk(100L << 30, new Dictionary<string, long>()) }).Where(a => a.Rule == rule && a.Setting == setting && a.Command is not null).ToList();
        Assert.True(command is null || advice.Any(a => a.Status == status));
        Assert.All(advice, a => Assert.NotEmpty(ConfigurationChange.Between(snapshot.Configuration.Value!.Document, Run(a.Command!).Document)));
    }

    private ConfigurationPatch Run(string command)
    {
        using var shell = PowerShell.Create(runspace);
        var output = Assert.Single(shell.AddScript(command).Invoke());
        Assert.Empty(shell.Streams.Error);
        return Assert.IsType<ConfigurationPatch>(new ConfigurationPatchTransformationAttribute().Transform(null!, output));
    }

    private static JsonObject Intended(IEnumerable<Change> changes)
    {
        var root = new JsonObject();
        foreach (var change in changes)
        {
            var parent = root;
            foreach (var key in change.Path.SkipLast(1))
                parent = (JsonObject)(parent[key] ??= new JsonObject());
            parent[change.Path[^1]] = change.Value switch
            {
                null => null,
                bool flag => flag,
                int number => number,
                long number => number,
                Ask => "typed",
                JsonElement element => JsonNode.Parse(element.GetRawText()),
                _ => change.Value.ToString(),
            };
        }
        return root;
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement.Clone();

    private static Gen<T> Any<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);
}
