namespace PatroniOps.Host.CommandLine;

/// <summary>How the objects that a script leaves are written to standard output.</summary>
internal enum OutputFormat
{
    /// <summary>The format views of the module, as PowerShell shows them.</summary>
    Table,

    /// <summary>Every property of every object on a line of its own.</summary>
    List,

    /// <summary>One JSON document per object, one a line (NDJSON).</summary>
    Json,

    /// <summary>One JSON document for the whole run: exit code, objects, errors and warnings.</summary>
    Result,

    /// <summary>RFC 4180, with a header per type.</summary>
    Csv,
}
