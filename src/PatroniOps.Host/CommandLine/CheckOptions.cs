using System.Collections;
using System.Globalization;

namespace PatroniOps.Host.CommandLine;

/// <summary>The arguments of <c>check</c>: the plugin's own, and those of the cmdlet behind it.</summary>
internal sealed record CheckOptions
{
    private static readonly Dictionary<string, string> Cmdlets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cluster"] = "Test-PatroniCluster",
        ["wal"] = "Test-WalAvailability",
        ["archiving"] = "Get-WalArchiveStatus",
        ["archive"] = "Test-WalArchive",
        ["backup"] = "Test-PatroniBackup",
    };

    /// <summary>The cmdlet that judges.</summary>
    public required string Cmdlet { get; init; }

    /// <summary>Its arguments.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>Ranges by the names of values.</summary>
    public Hashtable Warning { get; } = [];

    /// <summary>As above.</summary>
    public Hashtable Critical { get; } = [];

    /// <summary>A recorded state to judge in place of a cluster; null for the cluster itself.</summary>
    public string? SnapshotPath { get; init; }

    /// <summary>When the answer is unknown for want of time.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(60);

    /// <exception cref="UsageException">There is no such check, or a limit is not written as one.</exception>
    public static CheckOptions Of(CheckCall call)
    {
        if (!Cmdlets.TryGetValue(call.What, out var cmdlet))
            throw new UsageException($"There is no check '{call.What}': there are {string.Join(", ", Cmdlets.Keys)}.");
        var rest = new List<string>();
        var read = new CheckOptions { Cmdlet = cmdlet, Arguments = rest };
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            var option = call.Arguments[i].StartsWith('-') ? OptionToken.Of(call.Arguments[i]) : null;
            if (option?.Name is not ("warning" or "w" or "critical" or "c" or "timeout" or "t" or "snapshotpath"))
            {
                rest.Add(call.Arguments[i]);
                continue;
            }
            var value = option.Value ?? (++i < call.Arguments.Count ? call.Arguments[i] : throw new UsageException($"{option.Text} needs a value."));
            if (option.Name[0] == 's')
                read = read with { SnapshotPath = value };
            else if (option.Name[0] == 't')
                read = read with { Limit = Seconds(option.Text, value) };
            else
                Add(option.Name[0] == 'w' ? read.Warning : read.Critical, option.Text, value);
        }
        return read;
    }

    private static void Add(Hashtable ranges, string option, string value)
    {
        foreach (var part in value.Split(','))
        {
            if (part.Split('=') is not [{ Length: > 0 } name, { Length: > 0 } range])
                throw new UsageException($"{option} takes name=range, several separated by commas: lag=~:16777216. '{part}' is none.");
            ranges[name] = range;
        }
    }

    private static TimeSpan Seconds(string option, string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and < 86400
            ? TimeSpan.FromSeconds(seconds)
            : throw new UsageException($"{option} takes seconds; '{value}' is none.");
}
