namespace PatroniOps.Fuzz.Targets;

/// <summary>PostgreSQL's stderr format.</summary>
public sealed class PlainLogTarget() : LogTarget([Seeds.Text("postgresql.log")]);
