namespace PatroniOps.Fuzz.Targets;

/// <summary>PostgreSQL's csvlog.</summary>
public sealed class CsvLogTarget() : LogTarget([Seeds.Text("postgresql.csv")]);
