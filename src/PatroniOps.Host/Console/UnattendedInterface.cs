using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace PatroniOps.Host.Console;

/// <summary>What scripts write goes to standard output, what is said about the work to standard error, and no question is ever asked.</summary>
internal sealed class UnattendedInterface(OutputWriter output, ErrorWriter errors) : PSHostUserInterface
{
    /// <summary>Set for output that programs read: what is not an object (<c>What if:</c>, information) goes to standard error then.</summary>
    public bool KeepsOutputForObjects { get; set; }

    public override PSHostRawUserInterface RawUI { get; } = new UnattendedScreen();

    /// <summary>Colours only on a terminal, and not where NO_COLOR is set (no-color.org).</summary>
    public override bool SupportsVirtualTerminal { get; } =
        !System.Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public override void Write(string value)
    {
        errors.ClearProgress();
        if (KeepsOutputForObjects)
            errors.Write(Plain(value));
        else
            output.Write(Plain(value));
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Write(value);

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    public override void WriteErrorLine(string value) => errors.WriteLine(value);

    public override void WriteWarningLine(string message) => errors.Tell("warning", "WARNING: ", message);

    public override void WriteVerboseLine(string message) => errors.Tell("verbose", "VERBOSE: ", message);

    public override void WriteDebugLine(string message) => errors.Tell("debug", "DEBUG: ", message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (record.RecordType == ProgressRecordType.Completed)
            errors.ClearProgress();
        else
            errors.ShowProgress(TextOf(record));
    }

    public override string ReadLine() => throw Unattended.NoKeyboard("a line of input");

    public override SecureString ReadLineAsSecureString() => throw Unattended.NoKeyboard("a secret");

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw Unattended.NoAnswer(descriptions.Select(field => field.Name));

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw Unattended.NoCredential();

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) =>
        throw Unattended.NoCredential();

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        IsPauseAfterMessage(choices) ? defaultChoice : throw Unattended.NotConfirmed(message);

    // The engine colours its tables always; taking the colours off is left to the host.
    private string Plain(string value) => GetOutputString(value, SupportsVirtualTerminal);

    // -Debug and the preference Inquire offer to halt after each message; the message was written, and nobody is there to halt.
    private static bool IsPauseAfterMessage(Collection<ChoiceDescription> choices) =>
        choices.Any(choice => choice.Label.Contains("Halt", StringComparison.Ordinal));

    private static string TextOf(ProgressRecord record)
    {
        var percent = record.PercentComplete < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" {record.PercentComplete}%");
        var text = $"{record.Activity}: {record.StatusDescription}{percent}";
        return text.Length < ScreenWidth.Columns ? text : text[..(ScreenWidth.Columns - 1)];
    }
}
