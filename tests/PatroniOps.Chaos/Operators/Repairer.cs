using System.Text.Json;
using PatroniOps.Lab;

namespace PatroniOps.Chaos.Operators;

/// <summary>The unattended job that repairs, what it told, and what a witness saw at that moment.</summary>
internal sealed class Repairer : IDisposable
{
    private readonly LabCluster lab;
    private readonly Operator process;
    private readonly List<RepairEvent> events = [];
    private readonly Dictionary<string, Task<string?>> objections = [];
    private readonly List<string> falseRepairs = [];

    public Repairer(LabCluster lab, string recordPath)
    {
        this.lab = lab;
        process = new Operator(
            lab,
            "repair.ps1",
            ["-Uri", string.Join(',', lab.Members.Select(m => m.ApiUri)), "-Lab", lab.Paths.Directory, "-LabCommand", Path.Combine(AppContext.BaseDirectory, "patroniops-lab")],
            recordPath,
            Hear);
    }

    /// <summary>Everything so far.</summary>
    public IReadOnlyList<RepairEvent> Events
    {
        get
        {
            process.DemandRunning();
            lock (events)
                return [.. events];
        }
    }

    /// <summary>Copies that were made, and WAL that was brought, although a witness saw that nothing needed to be moved.</summary>
    public IReadOnlyList<string> FalseRepairs
    {
        get
        {
            lock (events)
                return [.. falseRepairs];
        }
    }

    public void Dispose() => process.Dispose();

    private void Hear(JsonElement item)
    {
        string Text(string name) => item.GetProperty(name).GetString() ?? "";
        var heard = new RepairEvent(item.GetProperty("At").GetDateTimeOffset(), Text("Kind"), Text("Member"), Text("What"), Text("Text"));
        if (heard.Kind == "Plan")
            objections[heard.Member] = Task.Run(() => Witness.ObjectionAsync(lab, lab.Member(heard.Member)));
        lock (events)
        {
            events.Add(heard);
            if (heard.MovesData && Objection(heard.Member) is { } objection)
                falseRepairs.Add($"{heard.Member} by {heard.What} at {heard.At:HH:mm:ss}: {objection}");
        }
    }

    // A repair takes longer than a look.
    private string? Objection(string member) => objections.TryGetValue(member, out var looked) ? looked.GetAwaiter().GetResult() : "no plan was told before";
}
