namespace PatroniOps.Lab.Scenarios;

/// <summary>What was broken.</summary>
/// <param name="Leader">The leader's name.</param>
/// <param name="Member">The broken member's name.</param>
/// <param name="Summary">What was done, in one or two sentences.</param>
public sealed record ScenarioResult(string Leader, string Member, string Summary);
