namespace PatroniOps.LabTests.Help;

/// <summary>The blocks that are not run as they stand, each by its first line, and why.</summary>
internal static class UnrunBlocks
{
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["./demo.sh     # the incident below on a real cluster of three on loopback: broken, found, repaired, removed again"] = "the demonstration and the tests themselves",
        ["== What Patroni says: everything is running"] = "what the demonstration printed",
        ["dotnet build PatroniOps.sln -c Release"] = "test.sh builds so, and the Pester suite imports the module as it ships",
        ["PS> Test-WalArchive /tmp/demo-archive -Deep"] = "what was printed for an archive with such damages, which WalVerifierTests and ArchiveTests make",
        ["PS> $test = Test-PatroniBackup $repository -Restore -PgBackRestConfigPath $configuration"] = "what was printed for such a repository, which RestoreTests make",
        ["PS> Test-PatroniCluster"] = "what the block before it printed on a lab",
        ["Repair-PatroniReplica bar-psqldb04 -HostName db4                    # a base backup keeps the old data: Undo-ReplicaRebuild puts it back"] =
            "one alternative or the other: RecoveryPlanTests, RestoreCommandRepairTests and HalfWayTests carry them out",
        ["ansible-playbook -i inventory.yml patroniops.patroniops.rolling_patch"] = "RollingPatchTests and AnsibleModuleTests run these playbooks with an inventory of the lab",
        ["Test-WalArchive /archive | Export-PatroniMetric /var/lib/prometheus/node-exporter/patroniops-archive.prom"] = "MetricCmdletTests export both, and RestoreTests restore",
    };
}
