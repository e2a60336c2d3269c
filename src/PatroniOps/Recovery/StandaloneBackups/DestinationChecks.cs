using PatroniOps.Diagnosis;
using PatroniOps.Nodes;

namespace PatroniOps.Recovery.StandaloneBackups;

/// <summary>What must hold of the place for a backup.</summary>
internal static class DestinationChecks
{
    private const string Name = "the place is free";

    public static async Task<PreflightCheck> FreeAsync(NodeFiles files, string node, string destination, CancellationToken cancellationToken)
    {
        if (!destination.StartsWith('/') || destination.Trim('/').Length == 0)
            return new(Name, false, $"{destination} is no place for a backup: give the whole path of a directory that is to be made");
        if (await files.ExistsAsync(destination, cancellationToken).ConfigureAwait(false))
            return new(Name, false, $"{node} has {destination} already: nothing is written over it");
        return await files.FindAsync(PathOf.Parent(destination), cancellationToken).ConfigureAwait(false) is { IsDirectory: true }
            ? new(Name, true, $"{node} has no {destination} yet")
            : new(Name, false, $"{node} has no directory {PathOf.Parent(destination)}");
    }
}
