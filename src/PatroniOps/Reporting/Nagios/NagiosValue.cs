using System.Globalization;

namespace PatroniOps.Reporting.Nagios;

/// <summary>One value of the performance data.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Value">Null: not known, written as U.</param>
/// <param name="Unit"><c>B</c> for bytes, <c>s</c> for seconds, empty for a number.</param>
/// <remarks>Source: Monitoring Plugins, Development Guidelines, Performance data.</remarks>
public sealed record NagiosValue(string Label, double? Value, string Unit = "")
{
    public NagiosRange? Warning { get; init; }

    public NagiosRange? Critical { get; init; }

    /// <summary>By its own limits; Ok without any. A value that has limits and is not known is Unknown.</summary>
    public NagiosStatus Status =>
        Warning is null && Critical is null ? NagiosStatus.Ok
        : Value is not { } value ? NagiosStatus.Unknown
        : Critical?.IsAlert(value) == true ? NagiosStatus.Critical
        : Warning?.IsAlert(value) == true ? NagiosStatus.Warning
        : NagiosStatus.Ok;

    /// <summary><c>'label'=value[unit];[warning];[critical]</c>. A label cannot hold an equals sign, a bar or a line's end.</summary>
    public override string ToString()
    {
        var label = new string([.. Label.Select(c => c is '=' or '|' || char.IsControl(c) ? '_' : c)]).Replace("'", "''", StringComparison.Ordinal);
        var value = Value is { } known ? $"{known.ToString("0.######", CultureInfo.InvariantCulture)}{Unit}" : "U";
        return $"'{label}'={value};{Warning};{Critical}".TrimEnd(';');
    }
}
