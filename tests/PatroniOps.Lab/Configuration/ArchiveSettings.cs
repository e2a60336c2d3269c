using System.Text.Json.Nodes;

namespace PatroniOps.Lab.Configuration;

/// <summary>How one member archives its WAL and gets it back.</summary>
internal static class ArchiveSettings
{
    /// <summary>The PostgreSQL parameters for patroni.yml, or nothing without an archive.</summary>
    public static JsonObject Parameters(LabPlan plan, string member) => plan.Options.Archive switch
    {
        ArchiveKind.None => [],
        ArchiveKind.Directory => On(plan, plan.Options.ArchivePrograms.Count == 0 ? ToDirectory(plan.Paths.Archive) : $"sh \"{plan.Paths.ArchiveScript}\" \"%p\" %f", $"cp \"{plan.Paths.Archive}/%f\" \"%p\""),
        _ => On(plan, $"{PgBackRest(plan, member)} archive-push \"%p\"", $"{PgBackRest(plan, member)} archive-get %f \"%p\""),
    };

    public static string PgBackRest(LabPlan plan, string member) =>
        $"pgbackrest --config=\"{plan.Paths.PgBackRestConfig(member)}\" --stanza={plan.Options.Scope}";

    private static JsonObject On(LabPlan plan, string archive, string restore)
    {
        var parameters = new JsonObject { ["archive_mode"] = "on", ["archive_command"] = archive };
        if (plan.Options.UseRestoreCommand)
            parameters["restore_command"] = restore;
        return parameters;
    }

    /// <summary>Never overwrites, and takes a file that is there already with the same content for archived.</summary>
    private static string ToDirectory(string archive)
    {
        var file = $"\"{archive}/%f\"";
        var part = $"\"{archive}/.%f.part\"";
        return $"if test -f {file}; then cmp -s \"%p\" {file}; else cp \"%p\" {part} && mv -n {part} {file}; fi";
    }
}
