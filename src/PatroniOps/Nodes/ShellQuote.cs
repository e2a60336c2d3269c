using System.Buffers;

namespace PatroniOps.Nodes;

/// <summary>Quotes arguments for a POSIX shell: ssh joins what it is given with spaces and lets the login shell of the node read it.</summary>
public static class ShellQuote
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,+@%");

    /// <summary>One argument; left as it is where that is safe.</summary>
    public static string Quote(string argument) =>
        argument.Length > 0 && !argument.AsSpan().ContainsAnyExcept(Plain) ? argument : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <summary>A whole command line.</summary>
    public static string Line(IEnumerable<string> arguments) => string.Join(' ', arguments.Select(Quote));
}
