namespace PatroniOps.Lab.Faults;

/// <summary>What may become of a line to any endpoint.</summary>
public static class LineFaults
{
    /// <summary>Reset as soon as it is there.</summary>
    public static LineFault Cut { get; } = new("cut", LineFate.Cut);

    /// <summary>Reset in the midst of an answer.</summary>
    public static LineFault CutMidway { get; } = new("cut-midway", LineFate.Cut) { Passing = 40 };

    /// <summary>Open, and silent from the beginning.</summary>
    public static LineFault HalfOpen { get; } = new("half-open", LineFate.HalfOpen);

    /// <summary>Silent in the midst of an answer.</summary>
    public static LineFault HalfOpenMidway { get; } = new("half-open-midway", LineFate.HalfOpen) { Passing = 40 };

    /// <summary>Ten bytes a second.</summary>
    public static LineFault Drip { get; } = new("drip", LineFate.Drip);

    /// <summary>Everything arrives, a fifth of a second late.</summary>
    public static LineFault Delay { get; } = new("delay", LineFate.Whole) { Delay = TimeSpan.FromMilliseconds(200) };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Fault> All { get; } = [Cut, CutMidway, HalfOpen, HalfOpenMidway, Drip, Delay];
}
