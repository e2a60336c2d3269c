using System.Globalization;
using System.Text;
using PatroniOps.Connections;
using PatroniOps.Diagnosis;
using PatroniOps.Nodes;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;
using PatroniOps.Steering;

namespace PatroniOps.Tags;

/// <summary>Changes a member's tags where Patroni has them, in the patroni.yml of its node, has it read anew, and looks at what Patroni shows.</summary>
/// <remarks>Source: Patroni, patroni/tags.py; a tag that is false is not shown.</remarks>
public sealed class MemberTagger(PatroniConnection connection, PatroniNode node, MemberSnapshot member)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // It holds passwords: it is read and written with root's rights, and what is made beside it is readable by the same alone.
    private readonly NodeFiles files = new(node.Node, "root");

    /// <summary>What would change in the file; empty when all is so already.</summary>
    /// <exception cref="PatroniOpsException">The file cannot be read, or cannot be changed by a program.</exception>
    public async Task<IReadOnlyList<TagChange>> CompareAsync(IReadOnlyList<TagChange> changes, CancellationToken cancellationToken)
    {
        var (_, text) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        _ = TagText.Apply(text, changes);
        return [.. changes.Where(c => TagText.Apply(text, [c]) != text)];
    }

    /// <summary>Writes the file, reloads, and waits until Patroni shows the tags.</summary>
    /// <exception cref="PatroniOpsException">Refused; the text says whether the file was changed.</exception>
    public async Task<PatroniMemberTag> RunAsync(IReadOnlyList<TagChange> changes, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = connection.Time.GetTimestamp();
        var needed = await CompareAsync(changes, cancellationToken).ConfigureAwait(false);
        var backup = needed.Count == 0 ? null : await WriteAsync(changes, cancellationToken).ConfigureAwait(false);
        // Also where the file is so already: it may never have been read.
        if (!AreShown((await MemberStatus.ReadAsync(connection, member, cancellationToken).ConfigureAwait(false)).Value?.Tags, changes))
            await ReloadAsync(backup, cancellationToken).ConfigureAwait(false);
        var tags = await WatchAsync(changes, started, timeout, cancellationToken).ConfigureAwait(false);
        return new PatroniMemberTag
        {
            ConnectionId = connection.ConnectionId,
            Cluster = connection.Cluster,
            Member = member.Name,
            Changes = needed,
            IsApplied = AreShown(tags, changes),
            Tags = tags,
            Path = node.ConfigurationPath,
            BackupPath = backup,
            Duration = connection.Time.GetElapsedTime(started),
            UndoCommand = needed.Count == 0 ? null : $"Set-PatroniMemberTag -Cluster {PowerShellText.Quote(connection.Cluster)} -Member {PowerShellText.Quote(member.Name)} {string.Join(' ', needed.Select(Undo))}",
        };
    }

    private static string Undo(TagChange change) => $"-{(change.Name == TagNames.NoFailover ? "NoFailover" : "NoLoadBalance")}{(change.Value == true ? ":$false" : "")}";

    private static bool AreShown(MemberTags? tags, IReadOnlyList<TagChange> changes) =>
        tags is not null && changes.All(c => (c.Name == TagNames.NoFailover ? tags.NoFailover : tags.NoLoadBalance) == (c.Value == true));

    private async Task<(string Path, string Text)> ReadAsync(CancellationToken cancellationToken)
    {
        // A link stays a link: what it leads to is changed.
        var path = await files.ResolveAsync(node.ConfigurationPath, cancellationToken).ConfigureAwait(false);
        if (path is null || await files.ReadAsync(path, cancellationToken).ConfigureAwait(false) is not { } bytes)
            throw new PatroniOpsException(FailureKind.Refused, $"{node.Node.Name}: {node.ConfigurationPath} cannot be read any more.");
        try
        {
            return (path, Strict.GetString(bytes));
        }
        catch (DecoderFallbackException e)
        {
            throw new PatroniOpsException(FailureKind.Refused, $"{node.Node.Name}: {path} is not UTF-8. Nothing was changed. Edit the file by hand.", e);
        }
    }

    private async Task<string> WriteAsync(IReadOnlyList<TagChange> changes, CancellationToken cancellationToken)
    {
        var (path, text) = await ReadAsync(cancellationToken).ConfigureAwait(false);
        var file = await files.FindAsync(path, cancellationToken).ConfigureAwait(false)
            ?? throw new PatroniOpsException(FailureKind.Refused, $"{node.Node.Name}: {path} is not there any more.");
        var owner = $"{file.Owner}:{file.Group}";
        var backup = string.Create(CultureInfo.InvariantCulture, $"{path}.patroniops-{connection.Time.GetUtcNow():yyyyMMddHHmmssfff}");
        await files.WriteAsync(backup, Strict.GetBytes(text), file.Mode, owner, cancellationToken).ConfigureAwait(false);
        await files.WriteAsync(path, Strict.GetBytes(TagText.Apply(text, changes)), file.Mode, owner, cancellationToken).ConfigureAwait(false);
        return backup;
    }

    private async Task ReloadAsync(string? backup, CancellationToken cancellationToken)
    {
        try
        {
            await MemberReload.RunAsync(connection, member, cancellationToken).ConfigureAwait(false);
        }
        catch (PatroniOpsException e) when (backup is not null)
        {
            throw new PatroniOpsException(e.Kind, $"{node.ConfigurationPath} was changed, but Patroni was not made to read it: {e.Message} The file as it was: {backup}. Reload Patroni (systemctl reload), or put it back.", e);
        }
    }

    private async Task<MemberTags?> WatchAsync(IReadOnlyList<TagChange> changes, long started, TimeSpan timeout, CancellationToken cancellationToken)
    {
        while (true)
        {
            var tags = (await MemberStatus.ReadAsync(connection, member, cancellationToken).ConfigureAwait(false)).Value?.Tags;
            if (AreShown(tags, changes) || connection.Time.GetElapsedTime(started) > timeout)
                return tags;
            await Task.Delay(PollInterval, connection.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
