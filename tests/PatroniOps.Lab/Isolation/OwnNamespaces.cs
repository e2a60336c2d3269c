using PatroniOps.Lab.Processes;

namespace PatroniOps.Lab.Isolation;

/// <summary>Whether this program has a network and mounts of its own, so that what it changes there is nobody else's and goes with it.</summary>
public static class OwnNamespaces
{
    /// <summary>How to get them.</summary>
    public const string How = "unshare --net --mount --";

    /// <exception cref="LabException">It has not, or is not root.</exception>
    public static void Demand()
    {
        if (Native.EffectiveUser() != 0)
            throw new LabException("Only root may make network namespaces and mount file systems.");
        if (IsShared("net") || IsShared("mnt"))
            throw new LabException($"The machine's own network and mounts are not to be changed: start this with {How} before it.");
    }

    private static bool IsShared(string kind) => new FileInfo($"/proc/self/ns/{kind}").LinkTarget == new FileInfo($"/proc/1/ns/{kind}").LinkTarget;
}
