using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>Turns Npgsql's exceptions into ours: what failed, where, why, what to do.</summary>
internal static class PostgresFailure
{
    public static PatroniOpsException Explain(string address, string? user, TimeSpan timeout, Exception e) => e switch
    {
        PostgresException { SqlState: "28P01" or "28000" } p => new(FailureKind.Authentication,
            $"{address}: PostgreSQL refused user {user}: {p.MessageText}. Check -PostgresCredential or the pgpass file, and pg_hba.conf.", e),
        PostgresException { SqlState: "42501" } p => new(FailureKind.PermissionDenied,
            $"{address}: {p.MessageText}. The role {user} needs membership in pg_monitor.", e),
        PostgresException { SqlState: "57P01" or "57P02" or "57P03" } p => new(FailureKind.Unreachable, $"{address}: PostgreSQL takes no connections: {p.MessageText}.", e),
        PostgresException p => new(FailureKind.Refused, $"{address}: PostgreSQL: {p.MessageText} ({p.SqlState}).", e),
        OperationCanceledException or TimeoutException => new(FailureKind.Timeout, $"{address}: PostgreSQL gave no answer within {timeout.TotalSeconds:0.#} s.", e),
        NpgsqlException { InnerException: TimeoutException } => new(FailureKind.Timeout, $"{address}: PostgreSQL gave no answer within {timeout.TotalSeconds:0.#} s.", e),
        NpgsqlException { InnerException: AuthenticationException inner } => new(FailureKind.Tls,
            $"{address}: PostgreSQL's TLS failed: {inner.Message.TrimEnd('.')}. Give the authority with -CertificateAuthority, or accept any certificate with -SkipCertificateCheck.", e),
        NpgsqlException { InnerException: SocketException inner } => new(FailureKind.Unreachable, $"{address}: PostgreSQL is not reachable: {inner.Message.TrimEnd('.')}.", e),
        NpgsqlException when e.Message.Contains("password", StringComparison.OrdinalIgnoreCase) => new(FailureKind.NotConfigured,
            $"{address}: no password for user {user}. Give -PostgresCredential, or a line in the pgpass file.", e),
        _ => new(FailureKind.Unreachable, $"{address}: PostgreSQL: {e.Message.TrimEnd('.')}.", e),
    };
}
