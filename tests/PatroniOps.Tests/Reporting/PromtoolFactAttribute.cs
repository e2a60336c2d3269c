namespace PatroniOps.Tests.Reporting;

/// <summary>A test that asks Prometheus' own checker.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PromtoolFactAttribute : FactAttribute
{
    public PromtoolFactAttribute()
    {
        if (Promtool.Path is null)
            Skip = "There is no promtool in PATH (Debian package prometheus).";
    }
}
