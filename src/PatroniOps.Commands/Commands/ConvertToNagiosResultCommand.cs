using System.Management.Automation;
using PatroniOps.Patroni;
using PatroniOps.Reporting.Nagios;

namespace PatroniOps.Commands;

/// <summary>ConvertTo-NagiosResult: what Test-PatroniCluster and the others judged, as a Nagios plugin says it: a line with performance data, and the exit code.</summary>
[Cmdlet(VerbsData.ConvertTo, "NagiosResult")]
[OutputType(typeof(NagiosResult))]
public sealed class ConvertToNagiosResultCommand : PSCmdlet
{
    private readonly List<NagiosResult> results = [];

    /// <summary>Objects of Test-PatroniCluster (or their members), Test-WalAvailability, Get-WalArchiveStatus, Test-WalArchive and Test-PatroniBackup.</summary>
    [Parameter(ValueFromPipeline = true, Position = 0)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Ranges of Nagios for values of the performance data: @{ lag = '~:16777216' }. A limit on a value that there is not, or that is not known, is Unknown.</summary>
    [Parameter]
    public System.Collections.IDictionary? Warning { get; set; }

    /// <summary>As -Warning.</summary>
    [Parameter]
    public System.Collections.IDictionary? Critical { get; set; }

    /// <summary>One result for everything, by the worst; Unknown when nothing came in.</summary>
    [Parameter]
    public SwitchParameter Combine { get; set; }

    private Dictionary<string, NagiosRange> WarningRanges { get; set; } = [];

    private Dictionary<string, NagiosRange> CriticalRanges { get; set; } = [];

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            (WarningRanges, CriticalRanges) = (Ranges(Warning), Ranges(Critical));
        }
        catch (PatroniOpsException e)
        {
            ThrowTerminatingError(Failure.Record(e, null));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null)
            return;
        // An object of another kind was not judged: that is not known, and not left out.
        var result = NagiosReport.Of(InputObject.BaseObject)?.With(WarningRanges, CriticalRanges)
            ?? new NagiosResult { Status = NagiosStatus.Unknown, Text = $"{InputObject.BaseObject.GetType().Name} is no judgement that can be told to Nagios." };
        if (Combine)
            results.Add(result);
        else
            WriteObject(result);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (Combine)
            WriteObject(NagiosResult.Combine(results));
    }

    private static Dictionary<string, NagiosRange> Ranges(System.Collections.IDictionary? given) =>
        (given ?? new Dictionary<string, string>()).Cast<System.Collections.DictionaryEntry>().ToDictionary(e => $"{e.Key}", e => NagiosRange.Parse(LanguagePrimitives.ConvertTo<string>(e.Value)), StringComparer.Ordinal);
}
