using System.Management.Automation;
using System.Text;
using PatroniOps.Host.Console;

namespace PatroniOps.Host.Rendering;

/// <summary>Every property on its own line, names aligned, an empty line between objects.</summary>
internal sealed class ListRenderer(OutputWriter output) : IObjectRenderer
{
    private bool _separate;

    public void Write(PSObject value)
    {
        if (CellText.IsWhole(value))
        {
            output.WriteLine(CellText.Of(value, ", "));
            return;
        }
        var names = Members.NamesOf(value);
        var width = names.Count == 0 ? 0 : names.Max(name => name.Length);
        var block = new StringBuilder(_separate ? Environment.NewLine : "");
        foreach (var name in names)
            block.AppendLine($"{name.PadRight(width)} : {Indented(CellText.Of(Members.ValueOf(value, name), ", "), width)}".TrimEnd());
        output.Write(block.ToString());
        _separate = true;
    }

    public void Finish()
    {
    }

    // A text of several lines stays in its column.
    private static string Indented(string text, int width) =>
        text.ReplaceLineEndings(Environment.NewLine + new string(' ', width + 3));
}
