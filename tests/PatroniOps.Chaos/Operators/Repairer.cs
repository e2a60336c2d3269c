using System.Text.Json;
using PatroniOps.Lab;

namespace PatroniOps.Chaos.Operators;

/// <summary>The unattended job that repairs, and what it told.</summary>
internal sealed class Repairer : IDisposable
{
    private readonly Operator process;
    private readonly List<RepairEvent> events = [];

    public Repairer(LabCluster lab, string recordPath) => process = new Operator(
        lab,
        "repair.ps1",
        ["-Uri", string.Join(',', lab.Members.Select(m => m.ApiUri)), "-Lab", lab.Paths.Directory, "-LabCommand", Path.Combine(AppContext.BaseDirectory, "patroniops-lab")],
        recordPath,
        Hear);

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

    public void Dispose() => process.Dispose();

    private void Hear(JsonElement item)
    {
        string Text(string name) => item.GetProperty(name).GetString() ?? "";
        lock (events)
            events.Add(new RepairEvent(item.GetProperty("At").GetDateTimeOffset(), Text("Kind"), Text("Member"), Text("What"), Text("Text")));
    }
}
