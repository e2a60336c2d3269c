using System.Management.Automation;
using PatroniOps.Connections;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;
using PatroniOps.Tags;

namespace PatroniOps.Commands;

/// <summary>
/// Set-PatroniMemberTag: keeps a member from becoming leader (-NoFailover) or from being read through load balancers (-NoLoadBalance), by the tags in
/// the patroni.yml of its node; everything else in the file stays as it is, and the old file stays beside it. -NoFailover:$false and -Remove take it back.
/// </summary>
[Cmdlet(VerbsCommon.Set, "PatroniMemberTag", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(PatroniMemberTag))]
public sealed class SetPatroniMemberTagCommand : NodeCmdlet
{
    /// <summary>The member, by name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MemberCompleter))]
    public string Member { get; set; } = "";

    /// <summary>It shall never become leader: for a member whose history is not the leader's, until it is rebuilt. With :$false it may again.</summary>
    [Parameter]
    public SwitchParameter NoFailover { get; set; }

    /// <summary>It shall answer 503 on /replica: for a member whose data is stale. With :$false it answers as its state is.</summary>
    [Parameter]
    public SwitchParameter NoLoadBalance { get; set; }

    /// <summary>Takes the tags that are named out of the file.</summary>
    [Parameter]
    public SwitchParameter Remove { get; set; }

    /// <summary>How long to wait until Patroni shows the tags; one minute by default.</summary>
    [Parameter]
    [Duration]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override Task ProcessAsync(CancellationToken cancellationToken) => ForEachConnectionAsync(async connection =>
    {
        try
        {
            await SetAsync(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (PatroniOpsException e)
        {
            EmitError(Failure.Record(e, Member));
        }
    }, cancellationToken);

    private async Task SetAsync(PatroniConnection connection, CancellationToken cancellationToken)
    {
        var changes = Changes();
        if (changes.Count == 0)
            throw new PatroniOpsException(FailureKind.NotConfigured, "Say which tag: -NoFailover, -NoLoadBalance, or both.");
        var snapshot = await connection.CollectAsync(cancellationToken).ConfigureAwait(false);
        var member = snapshot.Members.FirstOrDefault(m => string.Equals(m.Name, Member, StringComparison.OrdinalIgnoreCase))
            ?? throw new PatroniOpsException(FailureKind.NotConfigured, $"Cluster {connection.Cluster} has no member {Member}. It has {string.Join(", ", snapshot.Members.Select(m => m.Name))}.");
        var node = await OpenNodeAsync(connection, member.Name, cancellationToken).ConfigureAwait(false);
        var tagger = new MemberTagger(connection, node, member);
        var needed = await tagger.CompareAsync(changes, cancellationToken).ConfigureAwait(false);
        WarnOfTheLast(member, snapshot);
        var plan = needed.Count == 0
            ? $"{node.Node.Name}:{node.ConfigurationPath} has the tags of {member.Name} so already; have Patroni read it if it does not show them"
            : $"Change the tags of {member.Name} in {node.Node.Name}:{node.ConfigurationPath} ({string.Join(", ", needed)}) and reload Patroni there";
        if (!await ConfirmAsync($"{plan}.", $"{plan}?", "A member's tags").ConfigureAwait(false))
            return;
        var done = await tagger.RunAsync(changes, Timeout, cancellationToken).ConfigureAwait(false);
        Emit(done);
        if (!done.IsApplied)
            EmitError(Failure.Record(FailureKind.Timeout,
                $"{member.Name}: {node.ConfigurationPath} is changed, but Patroni did not show the tags within {Timeout.TotalSeconds:0} s; it shows {(done.Tags is null ? "nothing, it did not answer" : $"'{done.Tags}'")}. The file as it was: {done.BackupPath ?? "not changed"}.", member.Name));
    }

    // Nothing is refused: a diverged member must not lead even where it is the last.
    private void WarnOfTheLast(MemberSnapshot member, ClusterSnapshot snapshot)
    {
        if (NoFailover && !Remove && !snapshot.Members.Any(m => m != member && !m.IsLeader && !m.IsAbsent && !m.Tags.NoFailover))
            EmitWarning($"Without {member.Name}, cluster {snapshot.Cluster} has no replica that may become leader.");
    }

    private List<TagChange> Changes()
    {
        var changes = new List<TagChange>();
        if (MyInvocation.BoundParameters.ContainsKey(nameof(NoFailover)))
            changes.Add(new TagChange(TagNames.NoFailover, Remove ? null : NoFailover));
        if (MyInvocation.BoundParameters.ContainsKey(nameof(NoLoadBalance)))
            changes.Add(new TagChange(TagNames.NoLoadBalance, Remove ? null : NoLoadBalance));
        return changes;
    }
}
