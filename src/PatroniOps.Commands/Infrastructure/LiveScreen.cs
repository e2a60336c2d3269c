using System.Management.Automation.Host;
using PatroniOps.Reporting.Terminal;
using PatroniOps.Watching;

namespace PatroniOps.Commands;

/// <summary>A watch's view on the host's terminal, on a screen of its own that gives the old one back. Drawn by the pipeline's thread alone.</summary>
internal sealed class LiveScreen(PSHost host, TimeProvider time)
{
    // A fleet has looks all the time; nobody reads faster.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(500);

    private readonly WatchView view = new();
    private long drawnAt;
    private bool isOpen;

    /// <summary>Whether there is a terminal with a size.</summary>
    public static bool IsPossible(PSHost host)
    {
        try
        {
            return host.UI?.RawUI is { WindowSize: { Width: > 0, Height: > 0 } };
        }
        catch (Exception e) when (e is HostException or NotImplementedException or NotSupportedException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Takes a look; from any thread.</summary>
    public void See(ClusterLook look) => view.See(look);

    /// <summary>Draws it, unless that was just done.</summary>
    public void Draw()
    {
        if (isOpen && time.GetElapsedTime(drawnAt) < Pace)
            return;
        var size = host.UI.RawUI.WindowSize;
        var lines = view.Lines(size.Width, size.Height - 1);
        host.UI.Write($"{(isOpen ? "" : "\u001b[?1049h\u001b[?25l")}\u001b[H{string.Join("\u001b[K\r\n", lines)}\u001b[K\u001b[J");
        (isOpen, drawnAt) = (true, time.GetTimestamp());
    }

    /// <summary>Gives the screen back.</summary>
    public void Close()
    {
        if (isOpen)
            host.UI.Write("\u001b[?25h\u001b[?1049l");
        isOpen = false;
    }
}
