using System.Runtime.ExceptionServices;
using Npgsql;

namespace PatroniOps.Postgres;

/// <summary>What holds for connections with TLS and without.</summary>
internal static class Encryption
{
    /// <summary>Every way to log in but the password as it is: without TLS whoever answers, or listens, would have it.</summary>
    /// <remarks>Source: Npgsql, Require Auth; libpq's require_auth says the same.</remarks>
    private const string NoClearText = "!Password";

    // PGREQUIREAUTH is the user's own word.
    private static readonly bool IsDecidedByUser = Environment.GetEnvironmentVariable("PGREQUIREAUTH") is { Length: > 0 };

    /// <summary>Sets what a connection demands.</summary>
    public static void Apply(NpgsqlConnectionStringBuilder text, bool isEncrypted)
    {
        text.SslMode = isEncrypted ? SslMode.Require : SslMode.Disable;
        if (!isEncrypted && !IsDecidedByUser)
            text.RequireAuth = NoClearText;
    }

    /// <summary>With TLS, or without it where the server has said that it has none, or that its pg_hba.conf has no line for this role with it.</summary>
    /// <exception cref="NpgsqlException">Neither is possible, or TLS is demanded. What a connection that broke would prove is not known: it is no reason to go without.</exception>
    public static async Task<T> PreferAsync<T>(PostgresOptions options, Func<Task<T>> encrypted, Func<Task<T>> plain)
    {
        try
        {
            return await encrypted().ConfigureAwait(false);
        }
        catch (NpgsqlException e) when (!options.RequireTls && (IsNotOffered(e) || IsRefused(e)))
        {
            try
            {
                return await plain().ConfigureAwait(false);
            }
            catch (NpgsqlException again) when (IsRefused(e) && IsRefused(again))
            {
                // The role is refused either way, and what was said with TLS is the answer.
                ExceptionDispatchInfo.Throw(e);
                throw;
            }
        }
    }

    /// <summary>The server has said that it has no TLS.</summary>
    public static bool IsNotOffered(NpgsqlException e) => e.Message.Contains("No SSL enabled connection", StringComparison.Ordinal);

    /// <summary>The server wants the password in clear text.</summary>
    public static bool IsClearTextRefused(NpgsqlException e) => e.Message.Contains("authentication method is not allowed", StringComparison.Ordinal);

    private static bool IsRefused(NpgsqlException e) => e is PostgresException { SqlState: "28000" };
}
