using System.Management.Automation;
using PatroniOps.Host.Console;

namespace PatroniOps.Host.Rendering;

/// <summary>One JSON document for the whole run, written when it is over: exit code, objects, errors and warnings.</summary>
internal sealed class ResultRenderer(OutputWriter output) : IObjectRenderer
{
    private readonly List<string> _objects = [];

    public void Write(PSObject value) => _objects.Add(Json.TextOf(value));

    // The exit code is known only after the last object.
    public void Finish()
    {
    }

    /// <summary>Writes the document.</summary>
    public void WriteDocument(int exitCode, string correlationId, IEnumerable<(string Level, string Text)> messages)
    {
        var told = messages.ToLookup(m => m.Level, m => m.Text);
        output.Write($$"""
            {"exitCode":{{exitCode}},"correlationId":{{Json.TextOf(correlationId)}},"objects":[{{string.Join(',', _objects)}}],"errors":{{Json.TextOf(told["error"].ToArray())}},"warnings":{{Json.TextOf(told["warning"].ToArray())}}}

            """);
    }
}
