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
        var errorWriter = new ErrorWriter();
        var errors = new ErrorReporter(errorWriter);
        try
        {
            var options = OptionReader.Read(arguments, () => System.Console.In.ReadToEnd());
            if (options.Help)
                output.WriteLine(HelpText.Text);
            else if (options.Version)
                output.WriteLine("patroniops " + VersionText());
            else
                return Run(options, output, errorWriter, errors);
            return ExitCodes.Success;
        }
        catch (UsageException error)
        {
            errors.Report(error.Message);
            return ExitCodes.Usage;
        }
        catch (RuntimeException error)
        {
            errors.Report(error);
            return ExitCodes.Error;
        }
    }

    private static int Run(HostOptions options, OutputWriter output, ErrorWriter errorWriter, ErrorReporter errors)
    {
        var work = options.Work ?? WorkFromInput();
        var host = new UnattendedHost(new UnattendedInterface(output, errorWriter));
        using var session = Session.Open(options, host, errors);
        return new Runner(session, host, output, errors).Run(work, options.Output);
    }

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
