using System.Text.Json;
using PatroniOps.Backups;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Postgres;

namespace PatroniOps.Fuzz.Targets;

/// <summary>The history of restore tests: a line that cannot be read is left out, and what is read can be asked anything.</summary>
public sealed class RestoreHistoryTarget : IFuzzTarget
{
    private readonly ScratchFolder folder = new();
    private readonly LinesMutator mutator = new([], [JsonSerializer.Serialize(Test, RestoreHistoryJson.Default.PatroniBackupTest)]);

    private static PatroniBackupTest Test => new()
    {
        Kind = BackupKind.PgBackRest, Repository = "/repository", Stanza = "demo", Label = "20261123-024611F", Type = BackupType.Full, BackupStartedAt = DateTimeOffset.UnixEpoch, TestedAt = DateTimeOffset.UnixEpoch, IsRestored = true,
        Checks = [new("restore", BackupCheckOutcome.Passed, "28 MiB") { Duration = TimeSpan.FromSeconds(1.3) }, new("WAL", BackupCheckOutcome.Failed, "gone")],
        OldestReachable = new Lsn(1), NewestReachable = new Lsn(2), RestoreDuration = TimeSpan.FromSeconds(1), RecoveryDuration = TimeSpan.FromSeconds(2), RestoredBytes = 5, RecoveredTo = new Lsn(2), NewestTransactionAt = DateTimeOffset.UnixEpoch,
    };

    // Each line that is none is an exception.
    public long MostAllocated(int length) => (512 << 10) + (4096L * length);

    public byte[] Make(FuzzRandom random) => mutator.Make(random);

    public bool Read(byte[] input)
    {
        File.WriteAllBytes(folder.File("restore-tests.jsonl"), input);
        var history = new RestoreHistory(folder.Path);
        var tests = history.List();
        foreach (var test in tests)
            _ = (test.Outcome, test.IsSuccess, test.Reason, test.RecoveryTime, test.DataLoss, test.ToString());
        var backup = new PatroniBackup { Repository = "/repository", Stanza = "demo", Label = "20261123-024611F" };
        FuzzException.Require(history.Apply([backup]).Single().VerifiedAt is null || tests.Any(t => t is { IsSuccess: true, Label: "20261123-024611F" }), "verified by nothing");
        return tests.Count > 0;
    }
}
