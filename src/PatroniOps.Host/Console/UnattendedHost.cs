using System.Globalization;
using System.Management.Automation.Host;

namespace PatroniOps.Host.Console;

/// <summary>The host that the engine sees: it writes, never asks, and remembers what a script said with <c>exit</c>.</summary>
internal sealed class UnattendedHost(UnattendedInterface userInterface) : PSHost
{
    /// <summary>N when the script said <c>exit N</c>.</summary>
    public int? ExitCode { get; private set; }

    public override string Name => "patroniops";

    public override Version Version { get; } = typeof(UnattendedHost).Assembly.GetName().Version!;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => UserLanguage.Culture;

    public override PSHostUserInterface UI => userInterface;

    /// <summary>Whether text that is no object goes to standard error, so that programs can read the objects.</summary>
    public void KeepOutputForObjects(bool keep) => userInterface.KeepsOutputForObjects = keep;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw Unattended.NoKeyboard("a debugging session");

    public override void ExitNestedPrompt()
    {
    }

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
