using System.Security.Cryptography;

namespace PatroniOps.Lab;

/// <summary>A user name and its password.</summary>
public sealed record LabLogin(string Username, string Password)
{
    internal static LabLogin Generate(string username) => new(username, RandomNumberGenerator.GetHexString(24, lowercase: true));

    public override string ToString() => Username;
}
