using PatroniOps.Patroni;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>What a rescue has done so far.</summary>
internal sealed class WalRestoreLog(string member, TimeProvider time, WalRestoreOptions options)
{
    private readonly long started = time.GetTimestamp();
    private readonly List<RebuildStep> steps = [];
    private readonly List<string> segments = [];
    private readonly List<string> sources = [];

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public TimeSpan Duration => time.GetElapsedTime(started);

    public IReadOnlyList<RebuildStep> Steps => steps;

    /// <summary>The names of the segments that were placed.</summary>
    public IReadOnlyList<string> Segments => segments;

    public IReadOnlyList<string> Sources => sources;

    public long BytesMoved { get; set; }

    public long BytesPlaced { get; private set; }

    public void Step(string text)
    {
        var step = new RebuildStep(Duration, text);
        steps.Add(step);
        options.Step(step);
    }

    public void Placed(string segment, string source, long bytes)
    {
        segments.Add(segment);
        BytesPlaced += bytes;
        if (!sources.Contains(source))
            sources.Add(source);
    }

    public void Progress(string phase, long bytesLeft) => options.Progress(new WalRestoreProgress(phase, BytesPlaced, BytesPlaced + bytesLeft));

    /// <summary>The failure that ends the rescue.</summary>
    public PatroniOpsException Stopped(string why) => new(FailureKind.Refused, segments.Count == 0
        ? $"{member}: no WAL was brought: {why}."
        : $"{member}: the rescue did not finish: {why}. {segments.Count} segments were placed, {segments[0]} to {segments[^1]}; they stay and do no harm.");
}
