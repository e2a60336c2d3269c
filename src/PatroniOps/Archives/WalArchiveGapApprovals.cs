using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Archives;

/// <summary>The losses that are known, as JSON lines in the state folder. A line is added and never changed: who approved what stays on record.</summary>
/// <param name="folder">The state folder.</param>
public sealed class WalArchiveGapApprovals(string folder)
{
    private readonly string file = Path.Combine(folder, "archive-gaps.jsonl");

    /// <summary>All approvals, oldest first; those that have expired too. A last line that a crash cut off counts as not written.</summary>
    /// <exception cref="PatroniOpsException">The file cannot be read, or a line of it is damaged: a loss could be taken for approved or not.</exception>
    public IReadOnlyList<WalArchiveGapApproval> Load()
    {
        try
        {
            return !File.Exists(file) ? []
                : [.. File.ReadAllText(file).Split('\n')[..^1].Where(l => l.Length > 0).Select(Parse)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new PatroniOpsException(FailureKind.InvalidAnswer, $"{file}: the approved gaps cannot be read: {e.Message.TrimEnd('.')}.", e);
        }
    }

    /// <exception cref="PatroniOpsException">The file cannot be written.</exception>
    public void Add(WalArchiveGapApproval approval)
    {
        try
        {
            Directory.CreateDirectory(folder);
            File.AppendAllText(file, JsonSerializer.Serialize(approval, GapApprovalJson.Default.WalArchiveGapApproval) + "\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PatroniOpsException(FailureKind.PermissionDenied, $"{file}: the approval could not be written: {e.Message.TrimEnd('.')}.", e);
        }
    }

    private static WalArchiveGapApproval Parse(string line) =>
        JsonSerializer.Deserialize(line, GapApprovalJson.Default.WalArchiveGapApproval) is { SystemIdentifier: not null, First: not null, Last: not null, Reason: not null, ApprovedBy: not null } approval
            ? approval
            : throw new JsonException("a line does not say what is approved");
}
