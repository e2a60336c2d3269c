namespace PatroniOps.Lab.Configuration;

/// <summary>An archive_command that writes a segment plain and through each of the lab's programs. PostgreSQL 15 has room for 1023 bytes of it.</summary>
internal static class ArchiveScript
{
    /// <summary>A shell script; its arguments are the segment's path and its name. What another leader has brought already stays as it is.</summary>
    public static string Text(LabPlan plan) => string.Join('\n',
    [
        "set -e",
        "bring() { # the file, and what writes it",
        "  file=$1; shift",
        "  if test -f \"$file\"; then return; fi",
        "  \"$@\" >\"$file.part\"",
        "  mv -n \"$file.part\" \"$file\"",
        "}",
        $"bring \"{plan.Paths.Archive}/$2\" cat \"$1\"",
        .. plan.Options.ArchivePrograms.Select(program => $"bring \"{plan.Paths.ArchiveOf(program)}/$2{Extension(program)}\" {program} -q -c \"$1\""),
        "",
    ]);

    private static string Extension(string program) => program switch
    {
        "gzip" => ".gz",
        "lz4" => ".lz4",
        "zstd" => ".zst",
        _ => throw new LabException($"There is no archive_command through {program}, but through gzip, lz4 and zstd."),
    };
}
