using PatroniOps.Patroni;
using PatroniOps.Snapshots;

namespace PatroniOps.Diagnosis;

/// <summary>Something that releases before a version do not know. An older Patroni keeps silent about it and does something else.</summary>
/// <param name="Option">What is asked for, as its documentation names it.</param>
/// <param name="Software"><c>Patroni</c> or <c>PostgreSQL</c>.</param>
/// <param name="Since">The first release that knows it.</param>
/// <remarks>Sources: Patroni, docs/releases.rst, patroni/api.py; PostgreSQL's release notes.</remarks>
public sealed record VersionGate(string Option, string Software, Version Since)
{
    private const string Patroni = "Patroni";
    private const string PostgreSql = "PostgreSQL";

    /// <summary>Patroni takes the leader as the source of its copy. Before, the key is taken and not looked at.</summary>
    public static VersionGate FromLeader { get; } = new("from_leader of POST /reinitialize", Patroni, new(4, 1, 0));

    public static VersionGate FailsafeMode { get; } = new("failsafe_mode", Patroni, new(3, 0, 0));

    public static VersionGate MemberSlotsTtl { get; } = new("member_slots_ttl", Patroni, new(4, 0, 0));

    public static VersionGate QuorumCommit { get; } = new("synchronous_mode: quorum", Patroni, new(4, 0, 0));

    public static VersionGate SlotClusterType { get; } = new("cluster_type of a permanent slot", Patroni, new(4, 1, 0));

    public static VersionGate SlotLimit { get; } = new("max_slot_wal_keep_size", PostgreSql, new(13, 0));

    /// <summary>The manifest of a base backup and pg_verifybackup, which reads it.</summary>
    public static VersionGate BackupManifest { get; } = new("pg_verifybackup", PostgreSql, new(13, 0));

    /// <summary>The server compresses what it sends of a base backup.</summary>
    public static VersionGate ServerCompression { get; } = new("pg_basebackup --compress=server-...", PostgreSql, new(15, 0));

    /// <summary>pg_rewind asks restore_command for WAL that the member has not got any more.</summary>
    public static VersionGate RestoreTargetWal { get; } = new("pg_rewind --restore-target-wal", PostgreSql, new(13, 0));

    /// <summary>Judges the members that must know it. One that was not read forbids it only when none of them was read.</summary>
    public PreflightCheck Judge(params IReadOnlyList<MemberSnapshot> members)
    {
        var name = $"{Option} is known";
        var versions = members.Select(m => (m.Name, Version: VersionOf(m))).ToList();
        var old = versions.Where(v => v.Version is { } known && known < Since).Select(v => $"{v.Name} has {v.Version}").ToList();
        if (old.Count > 0)
            return new(name, false, $"{Option} needs {Software} {Since} or later: {string.Join(", ", old)}");
        var unread = versions.Where(v => v.Version is null).Select(v => v.Name).ToList();
        return unread.Count > 0 || members.Count == 0
            ? new(name, null, $"{Option} needs {Software} {Since} or later, and the version of {(members.Count == 0 ? "any member" : string.Join(", ", unread))} was not read") { IsRequired = unread.Count == members.Count }
            : new(name, true, string.Join(", ", versions.Select(v => $"{v.Name} has {Software} {v.Version}")));
    }

    private Version? VersionOf(MemberSnapshot member) => Software == Patroni
        ? PatroniVersion.Parse(member.Patroni.Value?.PatroniVersion)
        : (member.Postgres.State.Value?.Version ?? member.Patroni.Value?.ServerVersion) is { } number ? new Version(number / 10000, number % 10000) : null;
}
