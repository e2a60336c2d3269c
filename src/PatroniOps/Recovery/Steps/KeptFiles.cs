using PatroniOps.Nodes;

namespace PatroniOps.Recovery.Steps;

/// <summary>What a method that works in place keeps beside the data, and puts back: the member's configuration, and its WAL and control file for a second attempt.</summary>
internal static class KeptFiles
{
    private const string KeepScript =
        """
        set -e
        t="$2.unfinished"
        rm -rf "$t" "$2"
        mkdir -m 700 "$t" "$t/configuration"
        for f in postgresql.conf postgresql.base.conf pg_hba.conf pg_ident.conf patroni.dynamic.json postgresql.conf.backup postgresql.base.conf.backup pg_hba.conf.backup pg_ident.conf.backup; do
          if [ -f "$1/$f" ]; then cp -p "$1/$f" "$t/configuration/$f"; fi
        done
        if [ -n "$3" ]; then mkdir -m 700 "$t/wal"; cp -a "$1/pg_wal/." "$t/wal/"; cp -p "$1/global/pg_control" "$t/pg_control"; fi
        sync -f "$t"
        mv -T "$t" "$2"
        sync "$(dirname "$2")"
        """;

    private const string WalScript =
        """
        set -e
        find "$1/pg_wal/" -mindepth 1 -delete
        cp -a "$2/wal/." "$1/pg_wal/"
        cp -p "$2/pg_control" "$1/global/pg_control"
        sync -f "$1/pg_wal/" "$1"
        """;

    private const string ConfigurationScript =
        """
        set -e
        cp -p "$2/configuration/." -r "$1/"
        rm -f "$1/recovery.signal"
        : >"$1/standby.signal"
        sync -f "$1"
        """;

    public static string PathFor(RebuildContext context) => PathOf.Join(context.Job.JournalDirectory, $"{context.Job.Id}.kept");

    public static Task KeepAsync(RebuildContext context, bool withWal, CancellationToken cancellationToken) => RunAsync(context, KeepScript, withWal ? "wal" : "", cancellationToken);

    public static Task RestoreWalAsync(RebuildContext context, CancellationToken cancellationToken) => RunAsync(context, WalScript, "", cancellationToken);

    /// <summary>The member's configuration, and the sign that makes it a standby.</summary>
    public static Task RestoreConfigurationAsync(RebuildContext context, CancellationToken cancellationToken) => RunAsync(context, ConfigurationScript, "", cancellationToken);

    /// <summary>The command, once nothing that a killed run has left works on the data.</summary>
    public static NodeCommand Alone(RebuildContext context, NodeCommand command) => DirectoryLock.Tie(context, context.Job.JournalDirectory, command);

    private static Task<NodeResult> RunAsync(RebuildContext context, string script, string argument, CancellationToken cancellationToken) => context.Member.Node.MustAsync(
        Alone(context, new NodeCommand("sh", "-c", script, "sh", context.Job.DataDirectory, PathFor(context), argument)), cancellationToken);
}
