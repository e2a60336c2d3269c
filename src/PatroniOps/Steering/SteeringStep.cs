namespace PatroniOps.Steering;

/// <summary>One observed step.</summary>
/// <param name="After">Since the call.</param>
/// <param name="Text">What was seen.</param>
public sealed record SteeringStep(TimeSpan After, string Text)
{
    public override string ToString() => $"{After.TotalSeconds,6:0.0} s  {Text}";
}
