namespace PatroniOps.Fuzz.Running;

/// <summary>An input that a parser did not bear.</summary>
/// <param name="Target">The target's name.</param>
/// <param name="Index">Which input of the run.</param>
/// <param name="Input">Its bytes.</param>
/// <param name="Reason">What happened.</param>
public sealed record FuzzFailure(string Target, long Index, byte[] Input, string Reason);
