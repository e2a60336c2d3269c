using System.Globalization;
using PatroniOps.Diagnosis;
using PatroniOps.Reporting.Html;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Reporting.Html;

/// <summary>A report of several clusters, one of fifteen members, in a real browser: on a phone and on a desk, light and dark, on paper.</summary>
public sealed class ReportInBrowserTests : IDisposable
{
    // What a reader without a mouse and with bad eyes meets, by the browser's own figures: contrast as WCAG 2 computes it, on every text of the page.
    private const string Measure =
        """
        const page = frame.contentDocument, view = frame.contentWindow;
        const rgb = c => c.match(/[\d.]+/g).map(Number);
        const light = c => { const [r, g, b] = c.slice(0, 3).map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b; };
        const ground = e => { for (; e; e = e.parentElement) { const c = rgb(view.getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
        let least = 99, where = '';
        const walker = page.createTreeWalker(page.body, 4);
        while (walker.nextNode()) {
          const e = walker.currentNode.parentElement, style = view.getComputedStyle(e);
          if (!walker.currentNode.data.trim() || !e.getClientRects().length || e.closest('desc, title, style')) continue;
          const [a, b] = [light(rgb(e.namespaceURI.endsWith('svg') ? style.fill : style.color)), light(ground(e))].sort((x, y) => y - x), contrast = (a + .05) / (b + .05);
          if (contrast < least) [least, where] = [contrast, e.outerHTML.slice(0, 80)];
        }
        const root = page.documentElement;
        document.body.textContent = 'MEASURED ' + [root.scrollWidth, root.clientWidth, least.toFixed(2), getComputedStyle(document.documentElement).backgroundColor, view.getComputedStyle(root).backgroundColor.replaceAll(' ', ''), page.querySelectorAll('svg').length, Math.max(...[...page.querySelectorAll('.scroll:has(table), .scroll:has(svg.fluid)')].map(e => e.scrollWidth - e.clientWidth))].join('|') + ' ' + where;
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [ChromiumFact]
    public async Task It_fits_a_phone_and_a_desk_and_can_be_read_in_light_and_dark()
    {
        var report = await WriteAsync();
        foreach (var (width, isDark) in new[] { (390, false), (390, true), (1280, false), (1280, true) })
        {
            var measured = await MeasureAsync(report, width, isDark);
            Assert.True(measured.Scroll <= measured.Client, $"{width} pixels: the page is {measured.Scroll} wide.");
            Assert.InRange(measured.Client, width - 20, width);
            // Rows are cards where there is no room for a table.
            Assert.True(width > 640 || measured.Hidden <= 0, $"{width} pixels: {measured.Hidden} of a table or of the WAL coverage can only be scrolled to.");
            Assert.True(measured.Contrast >= 4.5, $"dark {isDark}: contrast {measured.Contrast} at {measured.Where}");
            Assert.Equal(isDark ? "rgb(21,23,26)" : "rgb(255,255,255)", measured.Background);
        }
    }

    [ChromiumFact]
    public async Task It_is_drawn_and_printed()
    {
        var report = await WriteAsync();
        var (_, complaints) = await Chromium.OpenAsync(folder.Path, report, "--window-size=1280,2000", $"--screenshot={Path.Combine(folder.Path, "desk.png")}");
        Assert.Equal("", complaints);
        // A page of one colour packs into a few kilobytes.
        Assert.True(new FileInfo(Path.Combine(folder.Path, "desk.png")).Length > 100_000);

        var pdf = Path.Combine(folder.Path, "paper.pdf");
        await Chromium.OpenAsync(folder.Path, report, $"--print-to-pdf={pdf}");
        Assert.Equal("%PDF-"u8.ToArray(), (await File.ReadAllBytesAsync(pdf))[..5]);
    }

    private async Task<string> WriteAsync()
    {
        var report = new HtmlReport(new Thresholds());
        var incidents = Path.Combine(TestEnvironment.RepositoryRoot, "examples", "incidents");
        report.Add(await SnapshotFile.LoadAsync(Path.Combine(incidents, "wal-removed.json"), default) with { Cluster = "incident" });
        report.Add(await SnapshotFile.LoadAsync(Path.Combine(incidents, "archive-gap.json"), default) with { Cluster = "archive" });
        for (var i = 0; i < 60; i++)
            report.Add(ReportedCluster.WithReplicas(14, "a-replica-with-a-long-name-").Later(15 * i, (i * 7919 % 50) << 20) with { Cluster = "large" });
        var file = Path.Combine(folder.Path, "report.html");
        await File.WriteAllTextAsync(file, report.ToHtml("Three clusters", Cluster.Now));
        return file;
    }

    // A window is never narrower than a desk's smallest: the page is put into a frame of a phone's width.
    private async Task<(int Scroll, int Client, double Contrast, string Background, int Hidden, string Where)> MeasureAsync(string report, int width, bool isDark)
    {
        var file = folder.Write($"frame-{width}.html", $"<!DOCTYPE html><html style=\"color-scheme: light dark\"><body style=\"margin:0\"><iframe id=\"frame\" src=\"{Path.GetFileName(report)}\" style=\"width:{width}px;height:3000px;border:0\" onload=\"measure()\"></iframe><script>const frame = document.getElementById('frame'); function measure() {{ {Measure} }}</script></body></html>");
        var (output, complaints) = await Chromium.OpenAsync(folder.Path, file, "--window-size=1400,1000", "--dump-dom", $"--blink-settings=preferredColorScheme={(isDark ? 0 : 1)}");
        Assert.Equal("", complaints);
        var at = output.IndexOf("MEASURED ", StringComparison.Ordinal);
        Assert.True(at >= 0, output);
        var (figures, where) = (output[(at + 9)..].Split('<')[0].Split('|'), output[at..]);
        Assert.True(int.Parse(figures[5], CultureInfo.InvariantCulture) > 15);
        return (int.Parse(figures[0], CultureInfo.InvariantCulture), int.Parse(figures[1], CultureInfo.InvariantCulture), double.Parse(figures[2], CultureInfo.InvariantCulture), figures[4], int.Parse(figures[6].Split(' ')[0], CultureInfo.InvariantCulture), where);
    }
}
