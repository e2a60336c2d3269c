using System.Globalization;
using System.Management.Automation;
using PatroniOps.Host.CommandLine;
using PatroniOps.Host.Console;
using PatroniOps.Host.Reporting;

namespace PatroniOps.Host.Running;

/// <summary>Runs a cmdlet that judges, and says what it found as a Nagios plugin: one line on standard output, and 0, 1, 2 or 3. What failed is 3, never 0.</summary>
/// <remarks>Source: Monitoring Plugins, Development Guidelines.</remarks>
internal sealed class Check(Session session, OutputWriter output, ErrorReporter errors)
{
    /// <summary>The exit code for what is not known.</summary>
    public const int Unknown = 3;

    private const int Critical = 2;

    private static readonly string[] Logins = ["Credential", "PostgresCredential"];
    private static readonly string[] LoginValues = ["$" + SpecialValues.RestCredential, "$" + SpecialValues.PostgresCredential];

    /// <summary>The line of a plugin that could not check.</summary>
    public static string UnknownLine(string why) => $"PATRONIOPS UNKNOWN - {ErrorText.OneLine(why).Replace('|', '/')}";

    /// <exception cref="UsageException">The arguments are wrong.</exception>
    public int Run(CheckCall call)
    {
        var options = CheckOptions.Of(call);
        using var shell = session.CreateShell();
        if (options.SnapshotPath is { } snapshot)
            shell.AddCommand("Import-PatroniSnapshot").AddParameter("Path", snapshot);
        shell.AddCommand(options.Cmdlet);
        AddArguments(shell, options);
        shell.AddCommand("ConvertTo-NagiosResult").AddParameter("Combine").AddParameter("Warning", options.Warning).AddParameter("Critical", options.Critical);
        var failures = new List<string>();
        shell.Streams.Error.DataAdded += (_, added) => failures.Add(errors.TextOf(shell.Streams.Error[added.Index]));
        var isLate = false;
        using var limit = new Timer(_ =>
        {
            isLate = true;
            shell.BeginStop(null, null);
        }, null, options.Limit, Timeout.InfiniteTimeSpan);
        var result = Invoke(shell, failures);
        var (code, line) = isLate
            ? (Unknown, UnknownLine(string.Create(CultureInfo.InvariantCulture, $"no answer within {options.Limit.TotalSeconds:0.###} s")))
            : Answer(result, failures);
        output.WriteLine(line);
        return code;
    }

    // Who is named in the environment logs in; what the arguments say goes before.
    private void AddArguments(PowerShell shell, CheckOptions options)
    {
        var shape = session.FindCommand(options.Cmdlet) is { } command ? new ParameterShape(command) : null;
        new CommandArguments(session.Values, shape).AddTo(shell.Commands.Commands[^1], options.Arguments);
        if (!options.Arguments.Any(a => a.StartsWith("-Uri", StringComparison.OrdinalIgnoreCase)))
            return;
        for (var i = 0; i < Logins.Length; i++)
            if (shape?.Has(Logins[i]) == true && session.Values.Of(LoginValues[i]) is PSCredential login && !options.Arguments.Any(a => a.StartsWith("-" + Logins[i], StringComparison.OrdinalIgnoreCase)))
                shell.Commands.Commands[^1].Parameters.Add(Logins[i], login);
    }

    private PSObject? Invoke(PowerShell shell, List<string> failures)
    {
        try
        {
            return shell.Invoke().FirstOrDefault();
        }
        catch (PipelineStoppedException)
        {
            return null;
        }
        catch (RuntimeException error)
        {
            failures.Add(errors.TextOf(error));
            return null;
        }
    }

    // What could not be read is worse than a warning: it may hide what is critical.
    private static (int Code, string Line) Answer(PSObject? result, List<string> failures)
    {
        if (result?.Properties["Code"]?.Value is not int code || result.Properties["Line"]?.Value is not string line)
            return (Unknown, UnknownLine(failures.Count == 0 ? "the check was stopped" : string.Join("; ", failures.Select(f => f.TrimEnd('.')))));
        if (failures.Count == 0 || code == Critical)
            return (code, line);
        var text = line[(line.IndexOf(" - ", StringComparison.Ordinal) + 3)..];
        return (Unknown, $"{UnknownLine(string.Join("; ", failures.Select(f => f.TrimEnd('.'))))}; {text}");
    }
}
