using PatroniOps.Retention;

namespace PatroniOps.Protection;

/// <summary>What is asked for.</summary>
/// <param name="Member">The member that is to go down.</param>
/// <param name="For">For how long.</param>
/// <param name="MaximumBytes">WAL that its slot may keep before it is let go; null without a limit.</param>
/// <param name="Disk">Free space, where it is known.</param>
public sealed record ProtectionRequest(string Member, TimeSpan For, long? MaximumBytes, FreeDisk Disk);
