using System.Text.Json.Nodes;
using PatroniOps.Lab.Isolation;

namespace PatroniOps.Lab.Configuration;

/// <summary>The patroni.yml of one member, as a tree.</summary>
internal static class PatroniConfiguration
{
    public static JsonObject Build(LabPlan plan, LabConnectionMember member)
    {
        var tags = plan.Options.Tags.TryGetValue(member.Name, out var given) ? given.DeepClone() : new JsonObject();
        var configuration = new JsonObject
        {
            ["scope"] = plan.Options.Scope,
            ["namespace"] = "/service/",
            ["name"] = member.Name,
            ["log"] = new JsonObject { ["level"] = "INFO" },
            ["restapi"] = RestApi(plan, member),
            ["etcd3"] = new JsonObject { ["hosts"] = new JsonArray(plan.Connection.Etcd.Authority) },
            ["bootstrap"] = Bootstrap(plan, member),
            ["postgresql"] = Postgres(plan, member),
            ["tags"] = tags,
        };
        Merge(configuration, plan.Options.LocalConfiguration);
        return configuration;
    }

    private static JsonObject RestApi(LabPlan plan, LabConnectionMember member) => new()
    {
        ["listen"] = member.Api.Authority,
        ["connect_address"] = member.Api.Authority,
        ["authentication"] = Login(plan.Connection.Credentials.Rest),
    };

    private static JsonObject Bootstrap(LabPlan plan, LabConnectionMember member)
    {
        var bootstrap = new JsonObject
        {
            ["dcs"] = DynamicConfiguration.Build(plan.Options),
            ["initdb"] = new JsonArray(
                new JsonObject { ["encoding"] = "UTF8" },
                "data-checksums",
                "no-sync",
                new JsonObject { ["auth-host"] = "scram-sha-256" },
                new JsonObject { ["auth-local"] = "trust" }),
        };
        // The stanza must be there before the first segment is archived: a failed archive_command is tried again a minute later.
        // Patroni appends a connection string, which becomes an unused argument of sh.
        if (plan.Options.Archive == ArchiveKind.PgBackRest)
            bootstrap["post_bootstrap"] = $"sh -c '{ArchiveSettings.PgBackRest(plan, member.Name)} stanza-create'";
        return bootstrap;
    }

    private static JsonObject Postgres(LabPlan plan, LabConnectionMember member)
    {
        var credentials = plan.Connection.Credentials;
        var clients = plan.Options.HasOwnNetworks ? MemberNetwork.Subnet : "127.0.0.1/32";
        return new JsonObject
        {
            ["listen"] = $"{member.Host}:{member.Port}",
            ["connect_address"] = $"{member.Host}:{member.Port}",
            ["data_dir"] = member.DataDirectory,
            ["bin_dir"] = plan.PostgresBin,
            ["pgpass"] = Path.Combine(plan.Paths.MemberHome(member.Name), "pgpass"),
            ["use_unix_socket"] = false,
            ["authentication"] = new JsonObject
            {
                ["superuser"] = Login(credentials.Superuser),
                ["replication"] = Login(credentials.Replication),
                ["rewind"] = Login(credentials.Rewind),
            },
            ["basebackup"] = new JsonArray(new JsonObject { ["checkpoint"] = "fast" }, "no-sync"),
            ["pg_hba"] = new JsonArray(
                "local all all trust",
                $"host replication all {clients} scram-sha-256",
                $"host all all {clients} scram-sha-256"),
            ["parameters"] = Parameters(plan, member),
        };
    }

    private static JsonObject Parameters(LabPlan plan, LabConnectionMember member)
    {
        var parameters = new JsonObject
        {
            ["unix_socket_directories"] = plan.Paths.Sockets,
            ["shared_buffers"] = "32MB",
            ["password_encryption"] = "scram-sha-256",
            ["logging_collector"] = "on",
            ["log_directory"] = plan.Paths.MemberLogs(member.Name),
            ["log_filename"] = Path.GetFileName(plan.Paths.PostgresLog(member.Name)),
            ["log_rotation_age"] = 0,
            ["log_rotation_size"] = 0,
            ["log_line_prefix"] = "%m [%p] %q%u@%d/%a ",
            ["log_replication_commands"] = "on",
            ["log_checkpoints"] = "on",
            ["lc_messages"] = "C",
        };
        Merge(parameters, ArchiveSettings.Parameters(plan, member.Name));
        return parameters;
    }

    private static JsonObject Login(LabLogin login) => new() { ["username"] = login.Username, ["password"] = login.Password };

    /// <summary>Sets everything of <paramref name="from"/> in <paramref name="into"/>, objects member by member.</summary>
    internal static void Merge(JsonObject into, JsonObject from)
    {
        foreach (var (key, value) in from)
        {
            if (value is JsonObject inner && into[key] is JsonObject existing)
                Merge(existing, inner);
            else
                into[key] = value?.DeepClone();
        }
    }
}
