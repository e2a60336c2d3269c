using PatroniOps.Archives;
using PatroniOps.Patroni;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Patroni;

public sealed class ReplicaMethodTests
{
    [Theory]
    [InlineData("data_dir: /d", "{}", "")]
    [InlineData("create_replica_methods: [basebackup]", "{}", "")]
    [InlineData("create_replica_methods: [basebackup, pgbackrest]", "{}", "")]
    [InlineData("create_replica_methods: [pgbackrest, basebackup]", "{}", "pgbackrest")]
    [InlineData("create_replica_methods: [pgbackrest, own]", "{}", "pgbackrest own")]
    [InlineData("create_replica_method: [old]", "{}", "old")]
    [InlineData("data_dir: /d", """{"postgresql": {"create_replica_methods": ["wal_e", "basebackup"]}}""", "wal_e")]
    [InlineData("create_replica_methods: [basebackup]", """{"postgresql": {"create_replica_methods": ["wal_e"]}}""", "")]
    [InlineData("create_replica_methods: []", """{"postgresql": {"create_replica_methods": ["wal_e"]}}""", "wal_e")]
    public void The_nodes_own_list_wins_and_what_comes_after_basebackup_is_no_first_choice(string node, string cluster, string expected) =>
        Assert.Equal(expected, string.Join(' ', ReplicaMethod.BeforeBaseBackup(Node(node), Dynamic(cluster)).Select(m => m.Name)));

    [Fact]
    public void A_node_that_was_not_read_leaves_the_clusters_list() =>
        Assert.Equal("wal_e", Assert.Single(ReplicaMethod.BeforeBaseBackup(null, Dynamic("""{"postgresql": {"create_replica_methods": ["wal_e"]}}"""))).Name);

    [Theory]
    [InlineData("pgbackrest: {command: /usr/bin/pgbackrest --stanza=main --delta restore, no_params: true, keep_data: true}", "/usr/bin/pgbackrest --stanza=main --delta restore")]
    [InlineData("pgbackrest: {command: pgbackrest restore, stanza: main, no_params: true}", "pgbackrest restore --stanza=main")]
    [InlineData("pgbackrest: {command: pgbackrest restore | tee /tmp/log}", null)]
    [InlineData("use_slots: true", "pgbackrest")]
    public void A_methods_command_has_its_sections_other_keys_as_options(string section, string? expected) =>
        Assert.Equal(expected, Words(Assert.Single(ReplicaMethod.BeforeBaseBackup(Node($"create_replica_methods: [pgbackrest]\n  {section}"), null))));

    [Fact]
    public void The_command_may_stand_in_the_dynamic_configuration() => Assert.Equal("restore-it --threads=4", Words(Assert.Single(ReplicaMethod.BeforeBaseBackup(
        Node("create_replica_methods: [own]"), Dynamic("""{"postgresql": {"own": {"command": "restore-it", "threads": 4, "no_leader": true}}}""")))));

    [Theory]
    [InlineData("/usr/bin/pgbackrest --config=/etc/p.conf --stanza main --delta --log-level-console=info restore", "--config=/etc/p.conf --stanza main")]
    [InlineData("pgbackrest restore --repo=2 --stanza=main --type=standby", "--repo=2 --stanza=main")]
    [InlineData("pgbackrest --stanza=main --set=20260101-000000F restore", null)]
    [InlineData("pgbackrest --stanza=main archive-get %f %p", null)]
    [InlineData("/opt/restore.sh restore", null)]
    [InlineData("sh -c restore", null)]
    public void A_plain_restore_of_the_newest_backup_tells_its_repository(string line, string? options) =>
        Assert.Equal(options, PgBackRestCommand.FromRestore(line.Split(' '))?.Options is { } found ? string.Join(' ', found) : null);

    private static string? Words(ReplicaMethod method) => method.Words is { } words ? string.Join(' ', words) : null;

    private static PatroniConfigFile Node(string section) => PatroniConfigFile.Parse(new StringReader($"postgresql:\n  {section}"), "patroni.yml");

    private static DynamicConfiguration Dynamic(string json) => new(JsonText.Parse(json));
}
