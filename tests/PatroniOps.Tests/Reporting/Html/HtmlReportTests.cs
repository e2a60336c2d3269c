using System.Xml.Linq;
using PatroniOps.Backups;
using PatroniOps.Diagnosis;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Reporting.Html;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Reporting.Html;

public sealed class HtmlReportTests
{
    private static readonly string Incidents = Path.Combine(TestEnvironment.RepositoryRoot, "examples", "incidents");

    public static TheoryData<string> Recorded => [.. Directory.EnumerateFiles(Incidents, "*.json").Where(f => Path.GetFileName(f) != "index.json").Select(f => Path.GetFileNameWithoutExtension(f))];

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task Every_recorded_incident_makes_a_page_that_needs_nothing_and_can_be_read_aloud(string name)
    {
        var snapshot = await SnapshotFile.LoadAsync(Path.Combine(Incidents, $"{name}.json"), default);
        var page = Page(snapshot);

        IsSelfContained(page);
        IsAccessible(page);
        var verdict = ClusterDiagnosis.Judge(snapshot);
        Assert.Contains(page.Descendants("h2"), h => h.Value.Contains(verdict.Verdict.ToString(), StringComparison.Ordinal));
        Assert.Equal(verdict.Findings.Select(f => f.Message), page.Descendants("ol").Elements("li").Select(li => li.Elements("p").ElementAt(1).Value));
    }

    [Fact]
    public void Names_and_messages_never_become_markup()
    {
        const string Hostile = "x\"><script>alert('1')</script>&amp;<img src=http://evil/>";
        var snapshot = Cluster.Healthy() with { Cluster = Hostile };
        snapshot = snapshot.With("c", m => m with { Name = Hostile, Patroni = Cluster.Unread<PatroniStatus>(Hostile) });
        var page = Page(snapshot, Hostile, new PatroniBackup { Repository = Hostile, Label = Hostile });

        IsSelfContained(page);
        Assert.Contains(page.Descendants("text"), t => t.Value.Contains("><scr", StringComparison.Ordinal) || t.Value.Contains('…', StringComparison.Ordinal));
        Assert.Contains(page.Descendants("th"), t => t.Value == Hostile);
    }

    [Fact]
    public async Task What_a_replica_needs_and_nobody_has_is_a_red_gap_in_its_row()
    {
        var gaps = Page(await SnapshotFile.LoadAsync(Path.Combine(Incidents, "wal-removed.json"), default)).Descendants("rect").Where(r => (string?)r.Attribute("class") == "gap").ToList();
        Assert.StartsWith("missing: 0000000300000000000000", Assert.Single(gaps).Value, StringComparison.Ordinal);

        Assert.DoesNotContain(Page(Cluster.Healthy()).Descendants("rect"), r => (string?)r.Attribute("class") == "gap");
    }

    [Fact]
    public void A_hole_in_an_archive_is_a_red_gap_and_an_unread_place_is_unknown()
    {
        var holed = Page(Cluster.Healthy().Archive(new WalRange(1, 1, 7), new WalRange(1, 9, 9)).With("c", m => m.Sql(p => p with { Wal = Cluster.Unread<WalListing>("no rights") })));

        Assert.Equal("missing: 000000010000000000000008 .. 000000010000000000000008", Assert.Single(holed.Descendants("rect"), r => (string?)r.Attribute("class") == "gap").Value);
        Assert.Contains(holed.Descendants("text"), t => t.Value == "unknown: no rights");
    }

    [Fact]
    public void The_newest_look_is_judged_and_all_give_the_lag_with_holes_where_it_was_not_known()
    {
        var report = new HtmlReport(new Thresholds());
        var looks = Enumerable.Range(0, 9).Select(i => Cluster.Healthy().Later(15 * i, i << 20)).ToList();
        looks[4] = looks[4].With("c", m => m with { Patroni = Cluster.Unread<PatroniStatus>(), Postgres = PostgresSnapshot.Unknown(FailureKind.Timeout, "no answer") });
        foreach (var look in looks.AsEnumerable().Reverse())
            report.Add(look);
        var page = Parse(report.ToHtml("t", Cluster.Now));

        var lines = page.Descendants("polyline").Select(l => ((string)l.Attribute("points")!).Split(' ').Length).ToList();
        Assert.Equal([9, 4, 4], lines);
        Assert.Contains(page.Descendants("time"), t => t.Value == looks[8].TakenAt.ToString("u"));
    }

    [Fact]
    public void Several_clusters_stand_worst_first_each_with_its_own_backups()
    {
        var report = new HtmlReport(new Thresholds());
        var other = Cluster.Healthy() with { Cluster = "broken" };
        other = other.Stuck("c", "0/2000000").With("a", m => m with { Patroni = Reading.Of(m.Patroni.Value! with { SystemIdentifier = "43" }) });
        report.Add(Cluster.Healthy());
        report.Add(other);
        report.Add(new PatroniBackup { Repository = "/r", Label = "of-the-other", SystemIdentifier = "43", VerifiedAt = Cluster.Now });
        report.Add(new PatroniBackup { Repository = "/r", Label = "of-nobody" });
        var sections = Parse(report.ToHtml("t", Cluster.Now)).Descendants("section").ToList();

        Assert.StartsWith("broken", sections[0].Element("h2")!.Value, StringComparison.Ordinal);
        Assert.Contains("of-the-other", sections[0].Value, StringComparison.Ordinal);
        Assert.DoesNotContain("of-the-other", sections[1].Value, StringComparison.Ordinal);
        Assert.All(sections, s => Assert.DoesNotContain("of-nobody", s.Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Fifteen_members_do_not_lie_on_each_other()
    {
        var page = Page(ReportedCluster.WithReplicas(14));
        var boxes = page.Descendants("g").Select(g => g.Element("rect")!).Select(r => (X: (double)r.Attribute("x")!, Y: (double)r.Attribute("y")!)).ToList();

        Assert.Equal(15, boxes.Count);
        foreach (var (a, b) in boxes.SelectMany((a, i) => boxes.Skip(i + 1).Select(b => (a, b))))
            Assert.True(Math.Abs(a.X - b.X) >= 190 || Math.Abs(a.Y - b.Y) >= 52, $"{a} {b}");
        IsAccessible(page);
    }

    private static XDocument Page(ClusterSnapshot snapshot, string title = "A report", PatroniBackup? backup = null)
    {
        var report = new HtmlReport(new Thresholds());
        report.Add(snapshot);
        if (backup is not null)
            report.Add(backup);
        return Parse(report.ToHtml(title, Cluster.Now));
    }

    // The pages are well-formed, though HTML need not be.
    private static XDocument Parse(string html) => XDocument.Parse(html);

    private static void IsSelfContained(XDocument page)
    {
        string[] loading = ["script", "link", "img", "iframe", "object", "embed", "base", "form", "foreignObject"];
        Assert.DoesNotContain(page.Descendants(), e => loading.Contains(e.Name.LocalName));
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || a.Name.LocalName == "src");
        Assert.All(page.Descendants().Attributes("href"), a => Assert.StartsWith("#", a.Value, StringComparison.Ordinal));
        Assert.DoesNotContain("url(http", page.Descendants("style").Single().Value, StringComparison.Ordinal);
        Assert.Contains(page.Descendants("meta"), m => ((string?)m.Attribute("content"))?.StartsWith("default-src 'none'", StringComparison.Ordinal) == true);
    }

    private static void IsAccessible(XDocument page)
    {
        var ids = page.Descendants().Attributes("id").Select(a => a.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(page.Descendants().Attributes("aria-labelledby").SelectMany(a => a.Value.Split(' ')), id => Assert.Contains(id, ids));
        Assert.All(page.Descendants().Attributes("href"), a => Assert.Contains(a.Value[1..], ids));
        Assert.All(page.Descendants("svg").Where(s => s.Parent!.Name != "svg"), s => Assert.True(s.Element("title")?.Value.Length > 0 && s.Element("desc")?.Value.Length > 0));
        Assert.All(page.Descendants("table"), t => Assert.True(t.Element("caption")?.Value.Length > 0 && t.Descendants("th").All(h => h.Attribute("scope") is not null)));
        // What scrolls can be reached without a mouse.
        Assert.All(page.Descendants("div").Where(d => (string?)d.Attribute("class") == "scroll"), d => Assert.Equal(("0", "region"), ((string?)d.Attribute("tabindex"), (string?)d.Attribute("role"))));
        Assert.Equal("en", (string?)page.Root!.Attribute("lang"));
        Assert.Single(page.Descendants("h1"));
    }
}
