using PatroniOps.Backups;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Patroni;

namespace PatroniOps.Fuzz.Targets;

/// <summary>What a tool has written about its base backups.</summary>
public abstract class BackupTarget : IFuzzTarget
{
    public abstract byte[] Make(FuzzRandom random);

    public bool Read(byte[] input)
    {
        try
        {
            var backups = Backups(System.Text.Encoding.UTF8.GetString(input));
            foreach (var backup in backups)
            {
                FuzzException.Require(backup is { Repository: not null, Label: not null, Chain: not null, Annotations: not null }, "a backup that lacks what every one has");
                FuzzException.Require(backup.Timeline is not 0, "timeline 0");
                _ = backup.ToString();
                _ = BackupJudge.Judge(backup, Snapshots.Reading.Unknown<BackupReach>(FailureKind.NotConfigured, "not asked"), TimeSpan.FromDays(1), DateTimeOffset.UnixEpoch).Outcome;
            }
            return backups.Count > 0;
        }
        catch (PatroniOpsException e) when (e.Kind is FailureKind.InvalidAnswer or FailureKind.NotConfigured)
        {
            return false;
        }
    }

    private protected abstract IReadOnlyList<PatroniBackup> Backups(string text);
}
