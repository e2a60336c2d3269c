namespace PatroniOps.Host.CommandLine;

/// <summary>A user name and the file of its password, as the command line named them.</summary>
internal sealed record Login(string? UserName = null, string? PasswordFile = null);
