using System.Management.Automation.Host;

namespace PatroniOps.Host.Console;

/// <summary>The screen as the formatting engine asks for it: a width, and nothing to draw on.</summary>
internal sealed class UnattendedScreen : PSHostRawUserInterface
{
    private static readonly Size Size = new(ScreenWidth.Columns, 50);

    public override Size BufferSize { get => Size; set { } }

    public override Size WindowSize { get => Size; set { } }

    public override Size MaxWindowSize => Size;

    public override Size MaxPhysicalWindowSize => Size;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override Coordinates CursorPosition { get; set; }

    public override Coordinates WindowPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override string WindowTitle { get; set; } = "patroniops";

    public override bool KeyAvailable => false;

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw Unattended.NoKeyboard("a key");

    public override void FlushInputBuffer()
    {
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => new BufferCell[0, 0];

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents)
    {
    }

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill)
    {
    }

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill)
    {
    }
}
