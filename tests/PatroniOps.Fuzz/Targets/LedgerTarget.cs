using System.Text.Json;
using PatroniOps.Archives;
using PatroniOps.Archives.Ledgers;
using PatroniOps.Fuzz.Mutation;
using PatroniOps.Patroni;
using PatroniOps.Postgres;
using PatroniOps.Wal;

namespace PatroniOps.Fuzz.Targets;

/// <summary>A ledger of verified files: what is known can be gone on from, and what is added behind a torn line is found.</summary>
public sealed class LedgerTarget : IFuzzTarget
{
    private static readonly WalLedgerEntry Entry = new("000000010000000000000004", 16777216, DateTimeOffset.UnixEpoch, new string('0', 40), new WalTail(1, new Lsn(80), new Lsn(96), 5, "0102030405", 7));
    private static readonly WalLedgerEntry Added = Entry with { Name = "added", Tail = new WalTail(1, new Lsn(80), default, 0, null, 0) };

    private readonly ScratchFolder folder = new();
    private readonly LinesMutator mutator = new([], [Line(Entry), Line(Added with { Name = "000000010000000000000005" })]);

    public byte[] Make(FuzzRandom random) => mutator.Make(random);

    public bool Read(byte[] input)
    {
        var path = folder.File("ledger.jsonl");
        File.WriteAllBytes(path, input);
        try
        {
            using var ledger = WalLedger.Open(path);
            var known = Find(ledger, Entry);
            FuzzException.Require(known is null == !ledger.Knows(Archived(Entry)), "it is known, and it is not");
            if (known is not null)
                _ = WalRecordChain.Restore(known.Tail);
            ledger.Add([Added]);
            FuzzException.Require(Find(ledger, Added) == Added, "what was added is not found");
            return known is not null;
        }
        catch (PatroniOpsException)
        {
            return false;
        }
    }

    private static WalLedgerEntry? Find(WalLedger ledger, WalLedgerEntry entry) => ledger.Find(Archived(entry));

    private static ArchivedFile Archived(WalLedgerEntry entry) => new(entry.Name, ArchivedName.Parse(entry.Name), entry.Size, entry.Time);

    private static string Line(WalLedgerEntry entry) => JsonSerializer.Serialize(entry, LedgerJson.Default.WalLedgerEntry);
}
