using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using PatroniOps.Host.CommandLine;
using PatroniOps.Host.Console;
using PatroniOps.Host.Reporting;
using PatroniOps.Host.Running;

namespace PatroniOps.Host;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        // The engine would report each use to its makers.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        // Get-Help asks the thread, not the host.
        CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentUICulture = UserLanguage.Culture;
        using var output = new OutputWriter();
        HostOptions? options = null;
        try
        {
            options = OptionReader.Read(arguments, () => System.Console.In.ReadToEnd());
            if (options.Help)
                output.WriteLine(HelpText.Text);
            else if (options.Version)
                output.WriteLine("patroniops " + VersionText());
            else
                return RunLogged(options, output);
            return ExitCodes.Success;
        }
        catch (UsageException error)
        {
            return Refuse(options, arguments, error.Message, output);
        }
        catch (PipelineStoppedException) when (output.IsClosed)
        {
            return ExitCodes.OutputClosed;
        }
    }

    private static int RunLogged(HostOptions options, OutputWriter output)
    {
        using var log = options.LogPath is { } path ? RunLog.Open(path) : null;
        var messages = new ErrorWriter(log, options.LogPath == "-");
        log?.Write("info", $"begun: {Name(options.Work)}");
        var code = ExitCodes.Usage;
        try
        {
            code = RunAlone(options, output, messages);
        }
        catch (UsageException error)
        {
            log?.Write("error", error.Message);
            throw;
        }
        finally
        {
            log?.Write("info", "ended", code);
        }
        return code;
    }

    private static int RunAlone(HostOptions options, OutputWriter output, ErrorWriter messages)
    {
        using var taken = options.LockPath is { } path ? RunLock.Take(path, options.LockWait) : null;
        if (options.LockPath is null || taken is not null)
            return Run(options, output, messages);
        var text = $"Another run holds {options.LockPath}; nothing was done.";
        messages.Tell("error", "patroniops: ", text);
        if (options.Work is not CheckCall)
            return ExitCodes.Locked;
        output.WriteLine(Check.UnknownLine(text));
        return Check.Unknown;
    }

    private static int Run(HostOptions options, OutputWriter output, ErrorWriter messages)
    {
        var errors = new ErrorReporter(messages);
        try
        {
            var work = options.Work ?? WorkFromInput();
            var host = new UnattendedHost(new UnattendedInterface(output, messages));
            using var session = Session.Open(options, host, errors);
            return work is CheckCall check
                ? new Check(session, output, errors).Run(check)
                : new Runner(session, host, output, errors, messages).Run(work, options.Output);
        }
        catch (RuntimeException error)
        {
            errors.Report(error);
            return ExitCodes.Error;
        }
    }

    // A plugin says on standard output that it could not check; Nagios reads nothing else.
    private static int Refuse(HostOptions? options, string[] arguments, string why, OutputWriter output)
    {
        if (options?.Work is CheckCall || (options is null && arguments.Contains("check", StringComparer.OrdinalIgnoreCase)))
        {
            output.WriteLine(Check.UnknownLine(why));
            return Check.Unknown;
        }
        new ErrorWriter().WriteLine("patroniops: " + why);
        return ExitCodes.Usage;
    }

    // Arguments and script text stay out: they may hold whatever somebody put there.
    private static string Name(Work? work) => work switch
    {
        ScriptFile file => file.Path,
        CommandCall call => call.Name,
        CheckCall check => $"check {check.What}",
        ResourceCall resource => string.Join(' ', resource.Arguments.Take(2).Prepend("resource")),
        _ => "a script",
    };

    private static ScriptText WorkFromInput()
    {
        var text = System.Console.IsInputRedirected ? System.Console.In.ReadToEnd() : "";
        return string.IsNullOrWhiteSpace(text)
            ? throw new UsageException("There is nothing to run: name a cmdlet, or use -Command or -File; patroniops --help explains.")
            : new ScriptText(text);
    }

    private static string VersionText() =>
        typeof(Program).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
