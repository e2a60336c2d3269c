using PatroniOps.Nodes;
using PatroniOps.Recovery.Steps;

namespace PatroniOps.Recovery.BaseBackups;

/// <summary>Gives the copy the member's own configuration files, and makes it a standby.</summary>
internal sealed class ConfigureStep : RecoveryStep
{
    // Those of Patroni's; postgresql.auto.conf is the cluster's and comes with the copy.
    private const string Script =
        """
        set -e
        for f in postgresql.conf postgresql.base.conf pg_hba.conf pg_ident.conf patroni.dynamic.json postgresql.conf.backup postgresql.base.conf.backup pg_hba.conf.backup pg_ident.conf.backup; do
          if [ -f "$1/$f" ]; then cp -p "$1/$f" "$2/$f"; sync "$2/$f"; fi
        done
        rm -f "$2/recovery.signal"
        : >"$2/standby.signal"
        sync "$2/standby.signal" "$2"
        """;

    public override string Name => "configure";

    public override string Describe(RebuildContext context) => $"Copy the member's configuration files to {context.Job.NewDirectory} and make it a standby (standby.signal).";

    public override Task RunAsync(RebuildContext context, CancellationToken cancellationToken) => context.Member.Node.MustAsync(
        new NodeCommand("sh", "-c", Script, "sh", context.Job.DataDirectory, context.Job.NewDirectory) { RunAs = context.Member.Owner }, cancellationToken);
}
