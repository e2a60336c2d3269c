using PatroniOps.Backups;
using PatroniOps.Patroni;
using PatroniOps.Postgres;

namespace PatroniOps.Tests.Backups;

/// <summary>Catalogues as pgBackRest 2.45, Barman 3.4 and PostgreSQL 15 wrote them; WAL-G's as its source describes it.</summary>
public sealed class BackupCatalogueTests
{
    private const string BackupInfo =
        """
        [backrest]
        backrest-format=5
        backrest-version="2.45"

        [backup:current]
        20261123-024611F={"backrest-format":5,"backrest-version":"2.45","backup-annotation":{"why":"test"},"backup-archive-start":"000000010000000000000004","backup-archive-stop":"000000010000000000000004","backup-error":false,"backup-info-repo-size":5424067,"backup-info-repo-size-delta":5424067,"backup-info-size":29976841,"backup-info-size-delta":29976841,"backup-lsn-start":"0/4000028","backup-lsn-stop":"0/4000100","backup-timestamp-start":1795401971,"backup-timestamp-stop":1795401974,"backup-type":"full","db-id":1}
        20261123-024611F_20261123-024614I={"backrest-format":5,"backup-archive-start":"000000010000000000000005","backup-archive-stop":"000000010000000000000006","backup-error":true,"backup-info-repo-size":5424067,"backup-info-size":29976841,"backup-lsn-start":"0/5000028","backup-lsn-stop":"0/6000050","backup-prior":"20261123-024611F","backup-reference":["20261123-024611F"],"backup-timestamp-start":1795401974,"backup-timestamp-stop":1795401976,"backup-type":"incr","db-id":1}

        [db]
        db-id=1
        db-system-id=7711192604033322956
        db-version="15"

        [db:history]
        1={"db-catalog-version":202209061,"db-control-version":1300,"db-system-id":7711192604033322956,"db-version":"15"}

        [backrest]
        backrest-checksum="d0c07972a9a165b204b98a1a286c164f0206b906"
        """;

    private const string Info =
        """
        [{"backup":[{"annotation":{"why":"test"},"archive":{"start":"000000010000000000000004","stop":"000000010000000000000004"},"database":{"id":1,"repo-key":1},"error":false,"info":{"delta":29976841,"repository":{"delta":5424067,"size":5424067},"size":29976841},"label":"20261123-024611F","lsn":{"start":"0/4000028","stop":"0/4000100"},"prior":null,"reference":null,"timestamp":{"start":1795401971,"stop":1795401974},"type":"full"}],"db":[{"id":1,"repo-key":1,"system-id":7711192604033322956,"version":"15"}],"name":"demo"}]
        """;

    private const string Barman =
        """
        backup_label='START WAL LOCATION: 0/D000028 (file 00000001000000000000000D)\n'
        begin_time=2026-11-23 02:47:48.617034+00:00
        begin_wal=00000001000000000000000D
        begin_xlog=0/D000028
        compression=None
        deduplicated_size=30223550
        end_time=2026-11-23 02:47:52.027210+00:00
        end_wal=00000001000000000000000D
        end_xlog=0/E000000
        error=None
        server_name=demo
        size=30223550
        status=DONE
        systemid=7711192604033322956
        timeline=1
        version=150018
        xlog_segment_size=16777216
        """;

    [Fact]
    public void PgBackRests_file_and_its_own_word_agree()
    {
        var backups = PgBackRestCatalogue.Parse(BackupInfo, "/repo", "demo");
        var full = backups[0];
        Assert.Equal(["20261123-024611F", "20261123-024611F_20261123-024614I"], backups.Select(b => b.Label));
        Assert.Equal((BackupType.Full, BackupStatus.Complete, 1u, "0/4000028", "0/4000100"), (full.Type, full.Status, full.Timeline!.Value, $"{full.StartLsn}", $"{full.StopLsn}"));
        Assert.Equal(("7711192604033322956", "15", 29976841L, 5424067L), (full.SystemIdentifier, full.PostgresVersion, full.Bytes!.Value, full.RepositoryBytes!.Value));
        Assert.Equal((BackupType.Incremental, BackupStatus.Damaged, "20261123-024611F"), (backups[1].Type, backups[1].Status, Assert.Single(backups[1].Chain)));
        Assert.Equivalent(full, Assert.Single(PgBackRestInfo.Parse(Info, "/repo")), strict: true);
        Assert.Equal("test", full.Annotations["why"]);
    }

    [Theory]
    [InlineData("Salted__x", "encrypted")]
    [InlineData("nothing", "not what pgBackRest writes")]
    [InlineData("[db:history]\n1={\n", "damaged")]
    public void What_is_no_catalogue_is_refused(string text, string why) =>
        Assert.Contains(why, Assert.Throws<PatroniOpsException>(() => PgBackRestCatalogue.Parse(text, "/repo", "demo")).Message, StringComparison.Ordinal);

    [Fact]
    public void Barmans_is_read()
    {
        var backup = BarmanCatalogue.Parse(Barman, "/barman/demo", "20261123T024748");
        Assert.Equal(("demo", BackupStatus.Complete, "15", 16777216L), (backup.Stanza, backup.Status, backup.PostgresVersion, backup.WalSegmentSize!.Value));
        Assert.Equal(("00000001000000000000000D", "0/E000000"), (backup.StopSegment, $"{backup.StopLsn}"));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 2, 47, 48, TimeSpan.Zero), backup.StartedAt!.Value, TimeSpan.FromSeconds(1));
    }

    [Theory]
    [InlineData("DONE", BackupStatus.Complete)]
    [InlineData("FAILED", BackupStatus.Failed)]
    [InlineData("STARTED", BackupStatus.Running)]
    [InlineData("SOMETHING", BackupStatus.Unknown)]
    public void Barmans_word_is_kept(string word, BackupStatus expected) => Assert.Equal(expected, BarmanCatalogue.Parse($"status={word}", "/b", "x").Status);

    [Theory]
    [InlineData("{ \"Size\": -1 }")]
    [InlineData("{ \"Size\": 9223372036854775807 }, { \"Size\": 1 }")]
    [InlineData("{ \"Path\": \"x\" }")]
    public void Sizes_that_do_not_add_up_are_unknown(string files) => Assert.Null(BaseBackupCatalogue.Parse("/b", $"{{ \"Files\": [{files}] }}", null).Bytes);

    [Fact]
    public void No_backup_is_of_timeline_0()
    {
        Assert.Null(BarmanCatalogue.Parse("status=DONE\ntimeline=0", "/b", "x").Timeline);
        Assert.Null(BaseBackupCatalogue.Parse("/b", null, "START TIMELINE: 0").Timeline);
    }

    [Fact]
    public void A_database_that_is_listed_twice_counts_once() =>
        Assert.Equal("16", Assert.Single(PgBackRestCatalogue.Parse("[backup:current]\na={\"db-id\":1}\n[db:history]\n1={\"db-version\":\"15\"}\n1={\"db-version\":\"16\"}", "/r", "demo")).PostgresVersion);

    [Fact]
    public void WalGs_sentinel_is_read()
    {
        const string text = """{"LSN": 83886120, "DeltaFrom": "base_000000010000000000000002", "DeltaFullName": "base_000000010000000000000002", "PgVersion": 150018, "FinishLSN": 83886336, "SystemIdentifier": 7711192604033322956, "UncompressedSize": 100, "CompressedSize": 50}""";
        var backup = WalGCatalogue.Parse(text, "/walg", "base_000000010000000000000005_D_000000010000000000000002");
        Assert.Equal(("0/5000028", "0/5000100", "000000010000000000000005", BackupType.Incremental), ($"{backup.StartLsn}", $"{backup.StopLsn}", backup.StartSegment, backup.Type));
        Assert.Equal(("7711192604033322956", "15", "base_000000010000000000000002"), (backup.SystemIdentifier, backup.PostgresVersion, Assert.Single(backup.Chain)));
    }

    [Fact]
    public void A_base_backup_tells_by_manifest_and_label()
    {
        const string manifest = """{ "PostgreSQL-Backup-Manifest-Version": 1, "Files": [{ "Path": "backup_label", "Size": 225 }, { "Path": "global/pg_control", "Size": 8192 }], "WAL-Ranges": [{ "Timeline": 1, "Start-LSN": "0/A000028", "End-LSN": "0/A000100" }], "Manifest-Checksum": "6205" }""";
        const string label = "START WAL LOCATION: 0/A000028 (file 00000001000000000000000A)\nSTART TIME: 2026-11-23 02:47:13 UTC\nLABEL: nightly\nSTART TIMELINE: 1\n";
        var backup = BaseBackupCatalogue.Parse("/b/one", manifest, label);
        Assert.Equal((BackupStatus.Complete, "one", 8417L, "0/A000100", "00000001000000000000000A"), (backup.Status, backup.Label, backup.Bytes!.Value, $"{backup.StopLsn}", backup.StartSegment));
        var open = BaseBackupCatalogue.Parse("/b/one", null, label);
        Assert.Equal((BackupStatus.Unknown, (Lsn?)null, 1u), (open.Status, open.StopLsn, open.Timeline!.Value));
    }
}
