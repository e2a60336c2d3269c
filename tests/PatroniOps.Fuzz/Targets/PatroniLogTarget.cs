namespace PatroniOps.Fuzz.Targets;

/// <summary>Patroni's plain text.</summary>
public sealed class PatroniLogTarget() : LogTarget([Seeds.Text("patroni.log")]);
