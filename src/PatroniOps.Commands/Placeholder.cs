namespace PatroniOps.Commands;

internal static class Placeholder
{
    public static PatroniOps.Postgres.Lsn Lsn => new(1);
}
