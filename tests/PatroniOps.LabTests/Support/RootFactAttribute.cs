namespace PatroniOps.LabTests.Support;

/// <summary>A test that mounts a file system, which only root may.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!Environment.IsPrivilegedProcess)
            Skip = "Only root may mount a file system.";
    }
}
