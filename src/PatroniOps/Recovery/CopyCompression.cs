namespace PatroniOps.Recovery;

/// <summary>How the source compresses what it sends of a base backup; it is unpacked where it arrives.</summary>
/// <remarks>Source: PostgreSQL 15, pg_basebackup(1), --compress=server-...: with the plain format only the server may compress.</remarks>
public enum CopyCompression : long
{
    None,

    Gzip,

    Lz4,

    Zstd,
}
