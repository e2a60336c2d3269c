using System.Management.Automation;
using PatroniOps.Host.CommandLine;
using PatroniOps.Host.Console;
using PatroniOps.Host.Rendering;
using PatroniOps.Host.Reporting;

namespace PatroniOps.Host.Running;

/// <summary>Runs one piece of work to its end and says what the process returns.</summary>
internal sealed class Runner(Session session, UnattendedHost host, OutputWriter output, ErrorReporter errors, ErrorWriter messages)
{
    /// <exception cref="UsageException">The arguments of a cmdlet are wrong.</exception>
    public int Run(Work work, OutputFormat format)
    {
        using var shell = session.CreateShell();
        shell.Streams.Error.DataAdded += (_, added) => errors.Report(shell.Streams.Error[added.Index]);
        var chosen = Add(work, shell) ?? format;
        host.KeepOutputForObjects(chosen is OutputFormat.Json or OutputFormat.Result or OutputFormat.Csv);
        var renderer = Renderers.Create(chosen, output);
        if (renderer is ResultRenderer)
            messages.Kept = [];
        shell.AddCommand(RenderCommand.Info).AddParameter(nameof(RenderCommand.Renderer), renderer);
        using var signals = new StopSignals(shell);
        var parsed = Invoke(shell, work);
        var code = signals.ExitCode
            ?? host.ExitCode
            ?? ExitOf(work, shell)
            ?? (output.IsClosed ? ExitCodes.OutputClosed : !parsed ? ExitCodes.Usage : errors.AnyReported ? ExitCodes.Error : ExitCodes.Success);
        if (renderer is ResultRenderer result && !output.IsClosed)
            result.WriteDocument(code, messages.CorrelationId, messages.Kept!);
        return code;
    }

    // `exit N` of a script file only ends the script: it is left to whoever ran it to look at its code.
    private int? ExitOf(Work work, PowerShell shell) =>
        work is ScriptFile or ResourceCall && shell.HadErrors && session.LastExitCode is int code and not 0 ? code : null;

    /// <returns>The output format when it stands among the arguments of a cmdlet.</returns>
    private OutputFormat? Add(Work work, PowerShell shell)
    {
        switch (work)
        {
            case ScriptText script:
                shell.AddScript(script.Text);
                return null;
            case ScriptFile file:
                shell.AddCommand(file.Path);
                new CommandArguments(session.Values, null).AddTo(shell.Commands.Commands[0], file.Arguments);
                return null;
            case ResourceCall resource:
                shell.AddCommand(Path.Combine(session.ModuleFolder, "module", "dsc", "resource.ps1"));
                new CommandArguments(session.Values, null).AddTo(shell.Commands.Commands[0], resource.Arguments);
                return null;
            case CommandCall call:
                return AddCall(call, shell);
            default:
                throw new InvalidOperationException($"No way to run {work}.");
        }
    }

    private OutputFormat? AddCall(CommandCall call, PowerShell shell)
    {
        shell.AddCommand(call.Name);
        var shape = session.FindCommand(call.Name) is { } command ? new ParameterShape(command) : null;
        var (arguments, format) = shape?.Has("Output") == true ? (call.Arguments, null) : CallOutput.Take(call.Arguments);
        new CommandArguments(session.Values, shape).AddTo(shell.Commands.Commands[0], arguments);
        return format;
    }

    /// <returns>Whether the script could be parsed.</returns>
    private bool Invoke(PowerShell shell, Work work)
    {
        try
        {
            shell.Invoke();
        }
        catch (PipelineStoppedException)
        {
            // By a signal, or because nobody reads the output: the exit code says so.
        }
        catch (ParseException error) when (SyntaxErrors.In(work, error) is { Count: > 0 } found)
        {
            errors.Report(found);
            return false;
        }
        catch (RuntimeException error)
        {
            errors.Report(error);
        }
        return true;
    }
}
