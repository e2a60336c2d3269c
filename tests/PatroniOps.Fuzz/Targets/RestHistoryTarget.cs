using System.Text.Json;
using PatroniOps.Postgres;

namespace PatroniOps.Fuzz.Targets;

/// <summary>GET /history.</summary>
public sealed class RestHistoryTarget() : AnswerTarget(Seeds.Answers(name => name.Contains("history", StringComparison.Ordinal)).Append("""[[1,67303288,"no recovery target specified","2026-11-22T18:22:59.120+00:00","bar_psqldb04"],[2,97517568,"no recovery target specified"],["3","100663296",null]]"""))
{
    private protected override bool Read(JsonElement answer)
    {
        var rows = TimelineHistory.ParseRest(answer);
        var history = new TimelineHistory(uint.MaxValue, rows);
        FuzzException.Require(history.Switches.Zip(history.Switches.Skip(1)).All(p => p.First.Timeline <= p.Second.Timeline), "not sorted");
        foreach (var row in rows)
        {
            FuzzException.Require(row.Timeline > 0 && Lsn.Parse($"{row.Position}") == row.Position, $"{row}");
            _ = history.TimelineOfSegment(row.Position.Value / WalSegment.DefaultSize, WalSegment.DefaultSize);
        }
        return rows.Count > 0;
    }
}
