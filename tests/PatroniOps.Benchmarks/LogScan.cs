using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;

namespace PatroniOps.Benchmarks;

/// <summary>A large log of ordinary statements with a refused replica now and then, scanned by the cmdlet and by <c>grep -c</c>.</summary>
internal sealed class LogScan : IDisposable
{
    public const int Megabytes = 500;

    private const string Refused = "2026-11-22 17:47:22.337 UTC [1] FATAL:  could not receive data from WAL stream: ERROR:  requested WAL segment 000000010000000000000004 has already been removed\n";
    private static readonly string[] Words = "select insert update orders customers where id = status from join left on created_at > now() interval and amount limit order by count values commit".Split(' ');

    private readonly string path = Path.Combine(Path.GetTempPath(), $"patroniops-bench-{Environment.ProcessId}.log");
    private readonly Runspace runspace;

    public LogScan(Product product)
    {
        Generate(path);
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([product.Manifest]);
        runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
    }

    public void Ours()
    {
        using var shell = PowerShell.Create(runspace);
        shell.AddCommand("Get-PatroniLogEvent").AddParameter("LiteralPath", path);
        if (shell.Invoke().Count != 1 || shell.HadErrors)
            throw new InvalidOperationException("Get-PatroniLogEvent did not find the one event of the log.");
    }

    public void Grep() => Child.Run("grep", ["-c", "has already been removed", path]);

    public void Dispose()
    {
        runspace.Dispose();
        File.Delete(path);
    }

    private static void Generate(string path)
    {
        var random = new Random(1);
        var text = new StringBuilder();
        for (var i = 0; text.Length < 10_000_000; i++)
            text.Append($"2026-11-22 17:{i / 60 % 60:00}:{i % 60:00}.{i % 1000:000} UTC [{random.Next(1000, 99999)}] app@shop/web LOG:  duration: {i % 977}.{i % 1000:000} ms  statement: ")
                .AppendJoin(' ', Enumerable.Range(0, random.Next(6, 30)).Select(_ => Words[random.Next(Words.Length)])).Append('\n');
        var block = Encoding.UTF8.GetBytes(text.Append(Refused).ToString());
        using var file = File.Create(path);
        for (var i = 0; i < Megabytes / 10; i++)
            file.Write(block);
    }
}
