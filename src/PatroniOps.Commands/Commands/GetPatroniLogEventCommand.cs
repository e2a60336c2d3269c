using System.Management.Automation;
using PatroniOps.Logs;
using PatroniOps.Patroni;

namespace PatroniOps.Commands;

/// <summary>Get-PatroniLogEvent: what PostgreSQL's and Patroni's log files tell about replication, as typed events.</summary>
[Cmdlet(VerbsCommon.Get, "PatroniLogEvent", DefaultParameterSetName = "Path")]
[OutputType(typeof(LogEvent))]
public sealed class GetPatroniLogEventCommand : AsyncCmdlet
{
    private readonly List<Followed> followed = [];

    /// <summary>Log files, plain or gzip, or folders of them; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = "Path", Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Log files or folders by their exact names.</summary>
    [Parameter(ParameterSetName = "LiteralPath", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The kinds of event wanted; all by default.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public LogEventKind[]? Kind { get; set; }

    /// <summary>Nothing that was written before this instant.</summary>
    [Parameter]
    public DateTimeOffset? After { get; set; }

    /// <summary>Nothing that was written after this instant.</summary>
    [Parameter]
    public DateTimeOffset? Before { get; set; }

    /// <summary>What the logs' clock is ahead of UTC, for logs that do not say; by default their times are shown as if they were UTC.</summary>
    [Parameter]
    public TimeSpan? UtcOffset { get; set; }

    /// <summary>The member that the files belong to; it is put on every event.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string? Member { get; set; }

    /// <summary>Goes on with what is written, until Ctrl+C; nothing is folded.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <summary>Gives every message as an event of its own.</summary>
    [Parameter]
    public SwitchParameter NoFold { get; set; }

    private LogReadOptions Options => new()
    {
        Kinds = Kind?.ToHashSet(),
        After = After,
        Before = Before,
        UtcOffset = UtcOffset,
        Member = Member,
        NoFold = NoFold || Follow,
    };

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (UtcOffset is { } offset && offset.Duration() > TimeSpan.FromHours(14))
            ThrowTerminatingError(new ErrorRecord(
                new PSArgumentException($"{offset} is no offset from UTC: -UtcOffset takes -14:00 to 14:00."), "InvalidUtcOffset", ErrorCategory.InvalidArgument, offset));
    }

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken)
    {
        // The session is asked before anything is emitted: until then the pipeline's own thread only waits.
        var resolved = ParameterSetName == "LiteralPath"
            ? LiteralPath.SelectMany(p => Resolve(p, () => [GetUnresolvedProviderPathFromPSPath(p)])).ToList()
            : Path.SelectMany(p => Resolve(p, () => GetResolvedProviderPathFromPSPath(p, out _))).ToList();
        foreach (var file in resolved)
            if (Follow && !file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase))
                followed.Add(new Followed(file, Options));
            else
                Read(file, Options, cancellationToken);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override Task EndAsync(CancellationToken cancellationToken) => Task.WhenAll(followed.Select(f => FollowAsync(f, cancellationToken)));

    private List<string> Resolve(string path, Func<IEnumerable<string>> resolve)
    {
        try
        {
            return [.. resolve().SelectMany(p => Directory.Exists(p) ? LogFolder.Files(p) : [p])];
        }
        catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or IOException or UnauthorizedAccessException)
        {
            EmitError(Error(e, path));
            return [];
        }
    }

    private void Read(string file, LogReadOptions options, CancellationToken cancellationToken)
    {
        EmitVerbose($"Reading {file}.");
        try
        {
            foreach (var found in LogFile.Read(file, options, () => SayThatZoneIsUnknown(file), cancellationToken))
                Write(found);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            EmitError(Error(e, file));
        }
    }

    private async Task FollowAsync(Followed target, CancellationToken cancellationToken)
    {
        try
        {
            await new LogFollower(target.Path, target.Options, TimeProvider.System).RunAsync(Write, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            EmitError(Error(e, target.Path));
        }
    }

    private void Write(LogEvent found)
    {
        if (found.Kind == LogEventKind.MessagesNotEnglish)
            EmitWarning($"{found.Path}: {found.Message}");
        if (Kind?.Contains(found.Kind) != false)
            Emit(found);
    }

    private void SayThatZoneIsUnknown(string file)
    {
        if (After is not null || Before is not null)
            EmitWarning($"{file} does not say in which time zone it is written; -After and -Before were compared as if it were UTC. Give -UtcOffset, such as 01:00.");
    }

    private static ErrorRecord Error(Exception e, string path) => e switch
    {
        UnauthorizedAccessException => Failure.Record(FailureKind.PermissionDenied, $"{path} may not be read: {e.Message} Run as a user who may, such as postgres.", path),
        ItemNotFoundException or FileNotFoundException or DirectoryNotFoundException =>
            new ErrorRecord(e, "LogFileNotFound", ErrorCategory.ObjectNotFound, path),
        InvalidDataException => new ErrorRecord(e, "LogFileDamaged", ErrorCategory.InvalidData, path),
        _ => new ErrorRecord(e, "LogFileUnreadable", ErrorCategory.ReadError, path),
    };

    private sealed record Followed(string Path, LogReadOptions Options);
}
