namespace PatroniOps.Connections;

/// <summary>Where this machine keeps what is remembered between sessions.</summary>
public static class StateFolder
{
    /// <summary>PATRONIOPS_STATE, else <c>patroniops</c> below XDG_STATE_HOME, <c>~/.local/state</c>, or the local application data on Windows.</summary>
    public static string Path { get; } = Locate();

    private static string Locate()
    {
        if (Environment.GetEnvironmentVariable("PATRONIOPS_STATE") is { Length: > 0 } chosen)
            return chosen;
        if (OperatingSystem.IsWindows())
            return System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "patroniops");
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } xdg
            ? xdg
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state");
        return System.IO.Path.Combine(state, "patroniops");
    }
}
