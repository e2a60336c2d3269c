using System.Text;
using PatroniOps.Nodes;

namespace PatroniOps.Recovery.Steps;

/// <summary>The password of the copying role on the node, in a file of the owner's alone, for as long as it is needed.</summary>
internal static class PasswordFile
{
    public static string PathFor(RebuildContext context) => PathOf.Join(context.Job.JournalDirectory, $"{context.Job.Id}.pgpass");

    public static Task WriteAsync(RebuildContext context, string host, int port, System.Net.NetworkCredential credential, CancellationToken cancellationToken) =>
        WriteAsync(context.Files, PathFor(context), host, port, credential, cancellationToken);

    public static Task WriteAsync(NodeFiles files, string path, string host, int port, System.Net.NetworkCredential credential, CancellationToken cancellationToken) =>
        files.WriteAsync(path, Encoding.UTF8.GetBytes($"{Escape(host)}:{port}:*:{Escape(credential.UserName)}:{Escape(credential.Password)}\n"), "600", null, cancellationToken);

    public static Task RemoveAsync(RebuildContext context) => context.Files.RemoveAsync(PathFor(context), CancellationToken.None);

    /// <summary>A libpq connection string without the password.</summary>
    public static string Connection(RebuildContext context, string host, int port, string userName) => Connection(PathFor(context), ApplicationName(context), host, port, userName);

    /// <summary>The same for a password file at any path.</summary>
    public static string Connection(string path, string applicationName, string host, int port, string userName) =>
        $"host={Value(host)} port={port} user={Value(userName)} dbname=postgres passfile={Value(path)} sslmode=prefer application_name={Value(applicationName)}";

    /// <summary>How the copy and the trial name themselves to the server.</summary>
    public static string ApplicationName(RebuildContext context) => $"patroniops-{context.Job.Id}";

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal);

    private static string Value(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
