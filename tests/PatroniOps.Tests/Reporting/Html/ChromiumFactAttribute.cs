namespace PatroniOps.Tests.Reporting.Html;

/// <summary>A test that opens a page in a real browser.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ChromiumFactAttribute : FactAttribute
{
    public ChromiumFactAttribute()
    {
        if (Chromium.Path is null)
            Skip = "There is no chromium in PATH (Debian package chromium).";
    }
}
