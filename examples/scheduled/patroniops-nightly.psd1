# What the nightly job looks at. Data only: nothing here is run. What is left out is not done, and the job says so.
@{
    # Addresses of Patroni's REST API in one cluster.
    Uri          = @('http://db1:8008', 'http://db2:8008', 'http://db3:8008')

    # An archive of WAL on a local path. With a ledger only what is new is read.
    Archive      = '/var/lib/pgbackrest'
    Stanza       = 'main'
    Ledger       = '/var/lib/patroniops/archive.jsonl'

    # A repository of backups. Its newest backup is looked at every night, and restored for a test on this day.
    Repository   = '/var/lib/pgbackrest'
    RestoreDay   = 'Sunday'
    MaximumAge   = '26h'
    # PgBackRestConfigPath, BarmanConfigPath, and for pg_basebackup's backups ArchivePath say more of it; DatabaseUser and BinDirectory of its restore.
    ScratchPath  = '/var/tmp'

    # For node_exporter's textfile collector, and a report where this release makes one.
    MetricFolder = '/var/lib/prometheus/node-exporter'
    Report       = '/var/lib/patroniops/report.html'
}
