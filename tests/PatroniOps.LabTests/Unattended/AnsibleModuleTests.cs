using System.Text.Json.Nodes;
using PatroniOps.Lab;
using PatroniOps.LabTests.Support;

namespace PatroniOps.LabTests.Unattended;

/// <summary>The modules of the Ansible collection: nothing touched in check mode, changed the first time, ok the second, and no secret anywhere.</summary>
[Trait("Category", "Long")]
public sealed class AnsibleModuleTests(AnsibleModuleTests.Fixture fixture) : IClassFixture<AnsibleModuleTests.Fixture>
{
    private const string Play = """
        - hosts: localhost
          gather_facts: false
          module_defaults:
            group/patroniops.patroniops.patroniops:
              uri: "{{ patroni_uri }}"
              rest_user: "{{ patroni_rest_user }}"
              rest_password: "{{ patroni_rest_password }}"
              postgres_user: "{{ patroni_postgres_user }}"
              postgres_password: "{{ patroni_postgres_password }}"
              executable: "{{ patroniops_executable }}"
              state_directory: "{{ patroniops_state }}"
          tasks:
            - patroniops.patroniops.patroni_slot: {name: warehouse, state: "{{ slot_state | default('present') }}"}
            - patroniops.patroniops.patroni_config:
                settings: {maximum_lag_on_failover: 3145728, postgresql: {parameters: {work_mem: 5MB}}}
            - patroniops.patroniops.patroni_protection: {member: "{{ member }}", for: 10m, unknown: warn, state: "{{ protection | default('held') }}"}
            - patroniops.patroniops.patroni_health: {streaming: ["{{ member }}"]}
            - patroniops.patroniops.replica_rebuild: {member: "{{ member }}"}

        """;

    public sealed class Fixture() : LabFixture("ansible-modules", new LabOptions { Members = 2 });

    private LabCluster Lab => fixture.Lab;

    [Fact]
    public async Task Nothing_in_check_mode_changed_the_first_time_ok_the_second_and_no_secret_anywhere()
    {
        var leader = await Lab.TheLeaderAsync();
        var variables = new JsonObject { ["member"] = Lab.Members.First(m => m != leader).Name };
        var before = (await leader.Rest.GetAsync("/config")).ToJsonString();
        var logins = Lab.Connection.Credentials;
        await using var arguments = CommandLines.Watch(logins.Rest.Password, logins.Observer.Password);

        var check = (await AnsibleRun.PlayAsync(Lab, Play, variables, "--check", "--diff", "-vvv")).Succeeded();
        Assert.Equal(3, check.Changed);
        Assert.Contains("+    \"_exist\": true", check.Output, StringComparison.Ordinal);
        Assert.Equal(before, (await leader.Rest.GetAsync("/config")).ToJsonString());

        var first = (await AnsibleRun.PlayAsync(Lab, Play, variables, "-vvv")).Succeeded();
        Assert.Equal(3, first.Changed);
        var after = await leader.Rest.GetAsync("/config");
        Assert.Equal(("physical", 3145728, "5MB"), ((string)after["slots"]!["warehouse"]!["type"]!, (int)after["maximum_lag_on_failover"]!, (string)after["postgresql"]!["parameters"]!["work_mem"]!));
        Assert.True(await leader.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = 'warehouse')"));

        var second = (await AnsibleRun.PlayAsync(Lab, Play, variables, "-vvv")).Succeeded();
        Assert.Equal(0, second.Changed);
        Assert.Equal(after.ToJsonString(), (await leader.Rest.GetAsync("/config")).ToJsonString());

        variables["slot_state"] = "absent";
        variables["protection"] = "released";
        var last = (await AnsibleRun.PlayAsync(Lab, Play, variables, "-vvv")).Succeeded();
        Assert.Equal(2, last.Changed);
        Assert.Null((await leader.Rest.GetAsync("/config"))["slots"]);

        Assert.Empty(await arguments.FoundAsync());
        foreach (var run in new[] { check, first, second, last })
        {
            Assert.DoesNotContain(logins.Rest.Password, run.Output, StringComparison.Ordinal);
            Assert.DoesNotContain(logins.Observer.Password, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_not_known_or_refused_fails()
    {
        var leader = await Lab.TheLeaderAsync();
        // A member that leads is not to go down.
        var lead = await AnsibleRun.PlayAsync(Lab, Play, new JsonObject { ["member"] = leader.Name }, "--check");
        Assert.Equal(1, lead.Failed);
        Assert.Contains("leads: switch over first", lead.Output, StringComparison.Ordinal);
        // Nobody answers: that is no slot that is absent.
        var nobody = await AnsibleRun.PlayAsync(Lab, Play, new JsonObject { ["member"] = leader.Name, ["patroni_uri"] = new JsonArray("http://127.0.0.1:1"), ["slot_state"] = "absent" });
        Assert.Equal((1, 0), (nobody.Failed, nobody.Changed));
        Assert.Contains("not reachable", nobody.Output, StringComparison.Ordinal);
    }
}
