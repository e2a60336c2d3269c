using System.Globalization;

namespace PatroniOps.Benchmarks;

/// <summary>
/// What a monitoring system's checks cost in the manner of check_patroni: for each question a Python process that asks Patroni's REST API. This one has
/// the standard library alone and asks once, which is less than check_patroni loads and does.
/// </summary>
/// <param name="Processor">Processor time of one check.</param>
internal sealed record CheckProcesses(TimeSpan Processor)
{
    private const int Checks = 100;

    private const string Check =
        """
        import argparse, json, sys, urllib.request
        arguments = argparse.ArgumentParser()
        arguments.add_argument("-e", required=True)
        cluster = json.load(urllib.request.urlopen(arguments.parse_args().e + "cluster", timeout=5))
        replicas = [m for m in cluster["members"] if m["role"] == "replica" and m["state"] in ("running", "streaming")]
        print("CLUSTERHASREPLICA %s - has %d replicas" % ("OK" if replicas else "CRITICAL", len(replicas)))
        sys.exit(0 if replicas else 2)
        """;

    public static CheckProcesses Measure()
    {
        using var servers = FleetProcess.Start(Checks);
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Check);
            var script = "script=$1; shift; for address; do python3 \"$script\" -e \"$address\" >/dev/null || exit; done; times";
            var output = Child.Run("bash", ["-c", script, "bash", file, .. servers.Addresses.Select(a => a.ToString())]);
            // The second line is that of the children: 0m1.234s 0m0.567s.
            return new CheckProcesses(output.Split('\n')[1].Split(' ').Select(Parse).Aggregate((a, b) => a + b) / Checks);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static TimeSpan Parse(string time)
    {
        var parts = time.TrimEnd('s').Split('m');
        return TimeSpan.FromMinutes(int.Parse(parts[0], CultureInfo.InvariantCulture)) + TimeSpan.FromSeconds(double.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
