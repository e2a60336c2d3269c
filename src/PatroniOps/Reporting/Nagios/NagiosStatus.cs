namespace PatroniOps.Reporting.Nagios;

/// <summary>What a plugin's exit code means to Nagios; the number is the code.</summary>
/// <remarks>Source: Monitoring Plugins, Development Guidelines, Plugin Return Codes.</remarks>
public enum NagiosStatus : long
{
    Ok = 0,
    Warning = 1,
    Critical = 2,

    /// <summary>Not known; never a success.</summary>
    Unknown = 3,
}
