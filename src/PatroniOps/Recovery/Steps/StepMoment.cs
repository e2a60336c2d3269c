namespace PatroniOps.Recovery.Steps;

/// <summary>A moment of a rebuild, for whoever watches.</summary>
/// <param name="Step">The step's name.</param>
/// <param name="Phase">What has just been written to the journal.</param>
/// <param name="Number">From 1.</param>
/// <param name="Count">How many steps there are.</param>
public sealed record StepMoment(string Step, Journals.JournalEvent Phase, int Number, int Count)
{
    public override string ToString() => $"step {Number} of {Count}, {Step}: {Phase}";
}
