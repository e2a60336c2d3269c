namespace PatroniOps.Nodes;

/// <summary>What lies at a path of a node.</summary>
/// <param name="Path">The path that was asked.</param>
/// <param name="Kind">As stat calls it: <c>directory</c>, <c>regular file</c>, <c>symbolic link</c>.</param>
/// <param name="Owner">User name.</param>
/// <param name="Group">Group name.</param>
/// <param name="Mode">Octal, such as <c>700</c>.</param>
/// <param name="Device">The file system's number.</param>
/// <param name="Inode">The file's number in it.</param>
/// <param name="Bytes">Size of a file.</param>
public sealed record NodeFile(string Path, string Kind, string Owner, string Group, string Mode, string Device, string Inode, long Bytes)
{
    public bool IsDirectory => Kind == "directory";

    public bool IsLink => Kind == "symbolic link";
}
