using System.Text.Json;
using PatroniOps.Lab;

namespace PatroniOps.Chaos.Operators;

/// <summary>One Watch-PatroniCluster over the whole time, and what it told.</summary>
internal sealed class Watch : IDisposable
{
    private readonly Operator process;
    private readonly List<WatchEvent> events = [];
    private readonly Dictionary<(string Id, string? Member), WatchEvent> open = [];
    private string verdict = "";

    public Watch(LabCluster lab, string recordPath) => process = new Operator(
        lab, "watch.ps1", ["-Uri", string.Join(',', lab.Members.Select(m => m.ApiUri)), "-Members", string.Join(',', lab.Members.Select(m => m.Name))], recordPath, Hear);

    /// <summary>How many events there have been.</summary>
    public int Count
    {
        get
        {
            lock (events)
                return events.Count;
        }
    }

    /// <summary>The first event from there on that is wanted; null when there is none yet.</summary>
    public WatchEvent? Find(int from, Func<WatchEvent, bool> isWanted)
    {
        process.DemandRunning();
        lock (events)
            return events.Skip(from).FirstOrDefault(isWanted);
    }

    /// <summary>What was told from there on, for a reader.</summary>
    public IReadOnlyList<WatchEvent> From(int from)
    {
        lock (events)
            return [.. events.Skip(from)];
    }

    /// <summary>What stands against health: the verdict, and what is still open; null when nothing does.</summary>
    public string? Trouble()
    {
        process.DemandRunning();
        lock (events)
        {
            var findings = open.Values.Where(e => e.Severity is not "Info").Select(e => $"{e.Id} {e.Member}").ToList();
            return verdict == "Healthy" && findings.Count == 0 ? null : $"the watch says {verdict}: {string.Join(", ", findings)}";
        }
    }

    public void Dispose() => process.Dispose();

    private void Hear(JsonElement item)
    {
        string? Text(string name) => item.GetProperty(name).GetString();
        var heard = new WatchEvent(TimeProvider.System.GetUtcNow(), Text("Kind")!, Text("Id"), Text("Member"), Text("Severity"), Text("Verdict")!, Text("Message")!, Text("Cause"));
        lock (events)
        {
            events.Add(heard);
            verdict = heard.Verdict;
            if (heard.Id is null)
                return;
            if (heard.Kind == "Closed")
                open.Remove((heard.Id, heard.Member));
            else
                open[(heard.Id, heard.Member)] = heard;
        }
    }
}
