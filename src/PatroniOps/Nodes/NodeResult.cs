using System.Text;

namespace PatroniOps.Nodes;

/// <summary>How a program on a node ended.</summary>
/// <param name="ExitCode">0 for success; 255 from ssh itself.</param>
/// <param name="OutputBytes">Standard output.</param>
/// <param name="Error">Standard error as text.</param>
public sealed record NodeResult(int ExitCode, byte[] OutputBytes, string Error)
{
    /// <summary>Standard output as text.</summary>
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    public bool IsSuccess => ExitCode == 0;

    /// <summary>The last lines of what the program said, on one line.</summary>
    public string Said
    {
        get
        {
            var lines = (Error.Trim().Length > 0 ? Error : Output).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            return lines.Length == 0 ? $"exit code {ExitCode}, no text" : string.Join(" / ", lines.TakeLast(3));
        }
    }
}
