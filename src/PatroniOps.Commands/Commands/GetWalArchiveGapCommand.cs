using System.Management.Automation;
using PatroniOps.Archives;

namespace PatroniOps.Commands;

/// <summary>Get-WalArchiveGap: what is missing in an archive, approved or not. Reads names, no contents.</summary>
[Cmdlet(VerbsCommon.Get, "WalArchiveGap")]
[OutputType(typeof(WalArchiveGap))]
public sealed class GetWalArchiveGapCommand : WalArchiveCmdlet
{
    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachArchiveAsync((archive, question, _) =>
    {
        foreach (var gap in new WalArchiveTester(archive, question, TimeProvider.System).Test(deep: null, cancellationToken).Gaps)
            Emit(gap);
    }, cancellationToken);
}
