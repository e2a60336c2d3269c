using System.Globalization;
using PatroniOps.Nodes;

namespace PatroniOps.Recovery.WalRescue;

/// <summary>
/// Puts segments into the member's pg_wal, one command a segment: owner and mode before the name (a file that PostgreSQL cannot read makes the
/// standby PANIC), on disk before the name, and what had the name is kept beside.
/// </summary>
/// <param name="node">The member's node.</param>
/// <param name="runId">Names the folder of what is kept; another for each run.</param>
/// <param name="status">What archive_status says of a brought segment: <c>done</c>, or <c>ready</c> where standbys archive too.</param>
/// <param name="mode">Octal, as the data directory's.</param>
internal sealed class SegmentPlacer(PatroniNode node, string runId, string status, string mode)
{
    // A link first: the old file has its place aside before the rename takes its name, and at no time is there none.
    private const string Script =
        """
        set -e; umask 077
        cd -- "$1"; name=$2 size=$3 mode=$4 owner=$5 status=$6 kept=$7
        t="patroniops.$name.$$"; trap 'rm -f -- "$t"' EXIT
        cat >"$t"
        [ "$(stat -c %s -- "$t")" = "$size" ] || { echo "$name: only a part arrived" >&2; exit 3; }
        chmod "$mode" "$t"; chown "$owner" "$t"; sync "$t"
        if [ -e "$name" ] && ! cmp -s "$t" "$name"; then mkdir -p -- "$kept"; ln -- "$name" "$kept/$name"; sync "$kept" .; echo kept; fi
        mv -T -- "$t" "$name"; sync .
        if [ ! -e "archive_status/$name.done" ] && [ ! -e "archive_status/$name.ready" ]; then
          : >"archive_status/$name.$status"; chmod "$mode" "archive_status/$name.$status"; sync "archive_status/$name.$status" archive_status
        fi
        """;

    /// <summary>The member's pg_wal; it may be a link.</summary>
    public string Directory { get; } = PathOf.Join(node.DataDirectory, "pg_wal");

    /// <summary>Where files are kept whose names were taken.</summary>
    public string KeptDirectory => PathOf.Join(Directory, $"patroniops_kept/{runId}");

    /// <summary>Whether any file was kept.</summary>
    public bool HasKept { get; private set; }

    /// <summary>Removes the unfinished files of a run that was killed; the lock says that none is at work.</summary>
    public Task ClearAsync(CancellationToken cancellationToken) => node.Node.MustAsync(
        new NodeCommand("sh", "-c", """cd -- "$1"; rm -f -- patroniops.*""", "sh", Directory) { RunAs = node.Owner }, cancellationToken);

    /// <summary>Places a whole segment, or a timeline's history file, under its name.</summary>
    public async Task PlaceAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var command = new NodeCommand("sh", "-c", Script, "sh", Directory, name, content.Length.ToString(CultureInfo.InvariantCulture), mode,
            $"{node.Owner}:{node.Group}", status, $"patroniops_kept/{runId}") { RunAs = node.Owner, Input = content };
        var result = await node.Node.MustAsync(command, cancellationToken).ConfigureAwait(false);
        HasKept |= result.Output.Contains("kept", StringComparison.Ordinal);
    }
}
