using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using PatroniOps.Patroni;

namespace PatroniOps.Postgres;

/// <summary>Turns Npgsql's exceptions into ours: what failed, where, why, what to do.</summary>
internal static class PostgresFailure
{
    public static PatroniOpsException Explain(string address, PostgresOptions options, Exception e) => e switch
    {
        PostgresException answer => Explain(address, options.EffectiveUserName, answer),
        OperationCanceledException or TimeoutException or NpgsqlException { InnerException: TimeoutException } =>
            new(FailureKind.Timeout, $"{address}: PostgreSQL gave no answer within {options.Timeout.TotalSeconds:0.#} s.", e),
        NpgsqlException { InnerException: AuthenticationException inner } => new(FailureKind.Tls,
            $"{address}: PostgreSQL's TLS failed: {inner.Message.TrimEnd('.')}. Give the authority with -CertificateAuthorityPath, or accept any certificate with -SkipCertificateCheck.", e),
        NpgsqlException inner when Encryption.IsNotOffered(inner) => new(FailureKind.Tls, $"{address}: PostgreSQL offers no TLS, which -RequireTls demands.", e),
        NpgsqlException inner when Encryption.IsClearTextRefused(inner) => new(FailureKind.Authentication,
            $"{address}: the server asks for the password of {options.EffectiveUserName} in clear text on a connection without TLS: it was not sent. Give the server TLS, or scram-sha-256 in its pg_hba.conf.", e),
        NpgsqlException { InnerException: SocketException inner } => new(FailureKind.Unreachable, $"{address}: PostgreSQL is not reachable: {inner.Message.TrimEnd('.')}.", e),
        NpgsqlException when e.Message.StartsWith("No password", StringComparison.Ordinal) => new(FailureKind.NotConfigured,
            $"{address}: no password for user {options.EffectiveUserName}. Give -PostgresCredential, or a line in the pgpass file.", e),
        NpgsqlException { InnerException: IOException inner } => new(FailureKind.Unreachable, $"{address}: the connection to PostgreSQL broke: {inner.Message.TrimEnd('.')}.", e),
        IOException => new(FailureKind.Unreachable, $"{address}: the connection to PostgreSQL broke: {e.Message.TrimEnd('.')}.", e),
        _ => new(FailureKind.InvalidAnswer, $"{address}: the answer is not PostgreSQL's: {e.Message.Replace("Please file a bug.", "", StringComparison.Ordinal).TrimEnd('.', ' ')}.", e),
    };

    private static PatroniOpsException Explain(string address, string? user, PostgresException e) => e.SqlState switch
    {
        "28P01" or "28000" => new(FailureKind.Authentication,
            $"{address}: PostgreSQL refused user {user}: {e.MessageText}. Check -PostgresCredential or the pgpass file, and pg_hba.conf.", e),
        "42501" => new(FailureKind.PermissionDenied, $"{address}: {e.MessageText}. The role {user} needs membership in pg_monitor.", e),
        "57P01" or "57P02" or "57P03" => new(FailureKind.Unreachable, $"{address}: PostgreSQL takes no connections: {e.MessageText}.", e),
        _ => new(FailureKind.Refused, $"{address}: PostgreSQL: {e.MessageText} ({e.SqlState}).", e),
    };
}
