namespace PatroniOps.Logs;

/// <summary>What the word before the colon introduces.</summary>
internal enum SeverityLabelRole
{
    /// <summary>A message.</summary>
    Severity,

    /// <summary>DETAIL or HINT of the message before.</summary>
    Explanation,

    /// <summary>STATEMENT, CONTEXT and the like.</summary>
    Attachment,
}
