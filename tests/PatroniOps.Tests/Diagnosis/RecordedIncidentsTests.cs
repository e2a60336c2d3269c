using System.Text.Json;
using System.Text.RegularExpressions;
using PatroniOps.Diagnosis;
using PatroniOps.Snapshots;

namespace PatroniOps.Tests.Diagnosis;

/// <summary>Every snapshot in examples/incidents, recorded on real servers, gives what index.json beside it says.</summary>
public sealed partial class RecordedIncidentsTests
{
    private static readonly string Folder = Path.Combine(Root(AppContext.BaseDirectory), "examples", "incidents");

    public static TheoryData<string> Incidents() => [.. Names()];

    [Theory]
    [MemberData(nameof(Incidents))]
    public async Task Gives_the_verdict_and_findings_of_the_index(string name)
    {
        var expected = Index().GetProperty(name);
        var snapshot = await SnapshotFile.LoadAsync(Path.Combine(Folder, $"{name}.json"), default);
        var limits = new Thresholds { NotStreaming = TimeSpan.FromSeconds(expected.GetProperty("notStreamingSeconds").GetDouble()), TimelinesAnHour = 100 };

        var verdict = ClusterDiagnosis.Judge(snapshot, limits);

        Assert.Equal(expected.GetProperty("verdict").GetString(), verdict.Verdict.ToString());
        Assert.Equal(
            expected.GetProperty("members").EnumerateObject().Select(m => $"{m.Name} {m.Value.GetString()}"),
            verdict.Members.Select(m => $"{m.Member} {m.Verdict}"));
        Assert.Equal(
            expected.GetProperty("findings").EnumerateArray().Select(f => f.GetString()),
            verdict.Findings.Select(f => $"{f.Member ?? "cluster"} {f.Id} {f.Severity}"));
    }

    [Fact]
    public void Has_a_snapshot_for_every_entry_of_the_index() =>
        Assert.Equal(Index().EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal), Names());

    [Theory]
    [MemberData(nameof(Incidents))]
    public void Holds_no_password(string name)
    {
        var text = File.ReadAllText(Path.Combine(Folder, $"{name}.json"));
        Assert.DoesNotMatch(Passwords(), text);
        // The lab's passwords are 24 lower-case hexadecimal digits; a segment's name has upper-case ones.
        Assert.DoesNotMatch(LabPasswords(), text);
    }

    [GeneratedRegex("password[\"']?\\s*[=:]\\s*[\"']?(?!\\*|null|on|off|scram|md5)\\w", RegexOptions.IgnoreCase)]
    private static partial Regex Passwords();

    [GeneratedRegex("(?<![0-9a-fA-F-])(?=[0-9]*[a-f])[0-9a-f]{24}(?![0-9a-fA-F-])")]
    private static partial Regex LabPasswords();

    private static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => name != "index").Order(StringComparer.Ordinal);

    private static JsonElement Index() => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "index.json"))).RootElement;

    private static string Root(string folder) =>
        File.Exists(Path.Combine(folder, "PatroniOps.sln")) ? folder : Root(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("PatroniOps.sln is not above the tests."));
}
