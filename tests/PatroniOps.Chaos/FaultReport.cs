namespace PatroniOps.Chaos;

/// <summary>One fault and what came of it.</summary>
/// <param name="Name">Its kind.</param>
/// <param name="Description">Its kind in words.</param>
/// <param name="Victim">Who was hit.</param>
/// <param name="WasLeader">Whether that one led.</param>
/// <param name="Cause">The finding that told its true cause; null: none did in time.</param>
/// <param name="ReportedAfter">From the fault to that.</param>
/// <param name="WholeAfter">From the fault to a cluster that is whole again; null: it was not in time.</param>
/// <param name="Repairs">The ways back that the module took meanwhile.</param>
internal sealed record FaultReport(
    string Name, string Description, string Victim, bool WasLeader, string? Cause, TimeSpan ReportedAfter, TimeSpan? WholeAfter, IReadOnlyList<string> Repairs);
