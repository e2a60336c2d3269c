using System.Management.Automation;
using System.Security;
using PatroniOps.Host.CommandLine;

namespace PatroniOps.Host.Running;

/// <summary>Makes a credential of options and environment variables: <c>PREFIX_USERNAME</c> with <c>PREFIX_PASSWORD</c> or <c>PREFIX_PASSWORD_FILE</c>.</summary>
internal static class CredentialSource
{
    /// <returns>null when neither a user name nor a password was given.</returns>
    /// <exception cref="UsageException">One of the two is missing, or the file cannot be read.</exception>
    public static PSCredential? Read(Login login, string prefix, string option)
    {
        var user = login.UserName ?? Variable(prefix + "_USERNAME");
        var file = login.PasswordFile ?? Variable(prefix + "_PASSWORD_FILE");
        var password = file is not null ? FromFile(file) : Variable(prefix + "_PASSWORD");
        return (user, password) switch
        {
            (null, null) => null,
            (null, _) => throw new UsageException($"There is a password but no user name: set {prefix}_USERNAME or -{option}User."),
            (_, null) => throw new UsageException($"There is no password for user '{user}': set {prefix}_PASSWORD, {prefix}_PASSWORD_FILE or -{option}PasswordFile."),
            _ => new PSCredential(user, Secure(password)),
        };
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static string FromFile(string path)
    {
        try
        {
            return File.ReadAllText(path).TrimEnd('\r', '\n');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The password file cannot be read: {error.Message}");
        }
    }

    private static SecureString Secure(string password)
    {
        var secret = new SecureString();
        foreach (var character in password)
            secret.AppendChar(character);
        secret.MakeReadOnly();
        return secret;
    }
}
