namespace PatroniOps.Host.CommandLine;

/// <summary>What the caller asked to be run.</summary>
internal abstract record Work;

/// <summary>Script text, from <c>-Command</c> or standard input.</summary>
/// <param name="Text">The script itself.</param>
internal sealed record ScriptText(string Text) : Work;

/// <summary>A script file with its arguments.</summary>
/// <param name="Path">The full path of an existing .ps1 file.</param>
/// <param name="Arguments">As they came on the command line.</param>
internal sealed record ScriptFile(string Path, IReadOnlyList<string> Arguments) : Work;

/// <summary>One command with its arguments, without quoting a script.</summary>
/// <param name="Name">The name of the command.</param>
/// <param name="Arguments">As they came on the command line, an <c>-Output</c> for the host possibly among them.</param>
internal sealed record CommandCall(string Name, IReadOnlyList<string> Arguments) : Work;

/// <summary>A check as a Nagios plugin.</summary>
/// <param name="What">What is checked, as it was written.</param>
/// <param name="Arguments">As they came on the command line, limits among them.</param>
internal sealed record CheckCall(string What, IReadOnlyList<string> Arguments) : Work;

/// <summary>An operation of a DSC resource; the instance comes on standard input.</summary>
/// <param name="Arguments">Type and operation, as they came on the command line.</param>
internal sealed record ResourceCall(IReadOnlyList<string> Arguments) : Work;
