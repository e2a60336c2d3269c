using System.Text;
using PatroniOps.Archives.Tools;
using PatroniOps.Fuzz.Mutation;

namespace PatroniOps.Fuzz.Targets;

/// <summary>The answers of barman check and barman list-backups.</summary>
public sealed class BarmanReportTarget : IFuzzTarget
{
    private readonly JsonMutator check = new([Seeds.Text("barman.check.json"), """{"_ERROR": ["Unknown server 'nope'"]}"""]);
    private readonly JsonMutator list = new([Seeds.Text("barman.list-backups.json")]);

    public byte[] Make(FuzzRandom random) => [.. check.Make(random), 0, .. list.Make(random)];

    public bool Read(byte[] input)
    {
        var texts = Encoding.UTF8.GetString(input).Split('\0', 2);
        var report = BarmanReport.Parse(texts[0], texts[^1], "demo");
        FuzzException.Require(report is { Unknown: null, IsOk: not null } or { Unknown: not null, IsOk: null }, "neither known nor unknown");
        _ = report.ToString();
        return report.Unknown is null;
    }
}
