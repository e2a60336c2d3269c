using System.Management.Automation;
using System.Management.Automation.Host;

namespace PatroniOps.Host.Console;

/// <summary>The errors that take the place of questions.</summary>
internal static class Unattended
{
    public static HostException NoKeyboard(string wanted) => Refusal(
        $"patroniops never prompts, and the script asked for {wanted}. Pass it as a parameter, a file or an environment variable.");

    public static HostException NoAnswer(IEnumerable<string> fields) => Refusal(
        $"patroniops never prompts, and no value was given for: {string.Join(", ", fields)}.");

    public static HostException NoCredential() => Refusal(
        "patroniops never asks for a password. Use -RestUser and -RestPasswordFile, -PostgresUser and -PostgresPasswordFile, "
        + "or the PATRONIOPS_ environment variables, and pass $RestCredential or $PostgresCredential.");

    /// <param name="question">What the engine would have asked; its last line names the operation and its target.</param>
    public static HostException NotConfirmed(string question)
    {
        var operation = question.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault();
        return Refusal($"Nothing was done, because this needs confirmation and patroniops never prompts: {operation} Add -Confirm:$false to do it, or -WhatIf to see what it would do.");
    }

    private static HostException Refusal(string message) => new(message, null, "UnattendedHost", ErrorCategory.OperationStopped);
}
