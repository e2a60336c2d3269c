using PatroniOps.Snapshots;

namespace PatroniOps.Retention;

/// <summary>Free bytes on the disks that hold pg_wal, as far as somebody has said.</summary>
/// <param name="Everywhere">On any node that is not named; null when not known.</param>
/// <param name="Members">By member.</param>
public sealed record FreeDisk(long? Everywhere, IReadOnlyDictionary<string, long> Members)
{
    public static FreeDisk Unknown { get; } = new(null, new Dictionary<string, long>());

    /// <summary>Null when it is not known of this member.</summary>
    public long? Of(string member) => Members.TryGetValue(member, out var bytes) ? bytes : Everywhere;

    /// <summary>With what the nodes themselves told, where nobody has said anything.</summary>
    public FreeDisk Or(ClusterSnapshot snapshot)
    {
        if (Everywhere is not null)
            return this;
        var members = new Dictionary<string, long>(Members, StringComparer.OrdinalIgnoreCase);
        foreach (var member in snapshot.Members)
            if (member.Disk?.Value is { } disk)
                members.TryAdd(member.Name, disk.FreeBytes);
        return new FreeDisk(null, members);
    }
}
