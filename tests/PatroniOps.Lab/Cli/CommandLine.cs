using System.Runtime.InteropServices;

namespace PatroniOps.Lab.Cli;

/// <summary>Finds the command, runs it, and turns errors into a message and an exit code: 0 done, 1 failed, 2 not understood, 130 interrupted.</summary>
internal static class CommandLine
{
    private static readonly Dictionary<string, Func<Arguments, CancellationToken, Task<int>>> Commands = new()
    {
        ["start"] = StartCommand.RunAsync,
        ["break"] = BreakCommand.RunAsync,
        ["stop"] = StopCommand.RunAsync,
        ["status"] = StatusCommand.RunAsync,
        ["member"] = MemberCommand.RunAsync,
        ["clean"] = CleanCommand.RunAsync,
        ["fleet"] = FleetCommand.RunAsync,
        ["proxy"] = ProxyCommand.RunAsync,
    };

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || args.Any(arg => arg is "--help" or "-h" or "help"))
        {
            Console.WriteLine(Usage.Text());
            return args.Count == 0 ? 2 : 0;
        }

        using var interrupted = new CancellationTokenSource();
        using var onInterrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Cancel);
        using var onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Cancel);
        try
        {
            var arguments = Arguments.Parse(args);
            var command = arguments.Words is [var first, ..] ? first : throw new UsageException("No command is given.");
            return Commands.TryGetValue(command, out var run)
                ? await run(arguments, interrupted.Token)
                : throw new UsageException($"There is no command {command}.");
        }
        catch (UsageException e)
        {
            return await FailAsync($"{e.Message} See patroniops-lab --help.", 2);
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            return await FailAsync("Interrupted.", 130);
        }
        catch (Exception e) when (e is LabException or IOException or UnauthorizedAccessException or HttpRequestException or Npgsql.NpgsqlException)
        {
            return await FailAsync(e.Message, 1);
        }

        void Cancel(PosixSignalContext context)
        {
            context.Cancel = true;
            interrupted.Cancel();
        }
    }

    private static async Task<int> FailAsync(string message, int exitCode)
    {
        await Console.Error.WriteLineAsync(message);
        return exitCode;
    }
}
