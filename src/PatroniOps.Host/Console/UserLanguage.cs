using System.Globalization;

namespace PatroniOps.Host.Console;

/// <summary>The language of help: the one that LC_ALL, LC_MESSAGES or LANG names, in that order, else English. Numbers and dates are the same in all.</summary>
internal static class UserLanguage
{
    private const string English = "en-US";

    public static CultureInfo Culture { get; } = Of(new[] { "LC_ALL", "LC_MESSAGES", "LANG" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrEmpty(value)));

    // Such as zh_CN.UTF-8 or de_DE@euro.
    private static CultureInfo Of(string? locale)
    {
        var name = (locale ?? "").Split('.', '@')[0].Replace('_', '-');
        try
        {
            return CultureInfo.GetCultureInfo(name is "" or "C" or "POSIX" ? English : name);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.GetCultureInfo(English);
        }
    }
}
