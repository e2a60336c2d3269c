using PatroniOps.Host.CommandLine;
using PatroniOps.Host.Console;

namespace PatroniOps.Host.Rendering;

/// <summary>The renderer of each output format.</summary>
internal static class Renderers
{
    public static IObjectRenderer Create(OutputFormat format, OutputWriter output) => format switch
    {
        OutputFormat.Json => new JsonRenderer(output),
        OutputFormat.Result => new ResultRenderer(output),
        OutputFormat.Csv => new CsvRenderer(output),
        OutputFormat.List => new ListRenderer(output),
        _ => new TableRenderer(output),
    };
}
