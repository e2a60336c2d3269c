namespace PatroniOps.Logs;

/// <summary>One word before the colon.</summary>
internal sealed record SeverityLabel(string Word, LogSeverity Severity, SeverityLabelRole Role, bool IsEnglish);
