using PatroniOps.Watching;

namespace PatroniOps.LabTests.Watching;

/// <summary>An event, and when it came out of the pipeline.</summary>
internal sealed record HeardEvent(ClusterEvent Event, DateTimeOffset HeardAt);
