using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace PatroniOps.Patroni;

/// <summary>Reads YAML that somebody else wrote. What the library cannot bear, or would read without end, is no valid YAML here.</summary>
internal static class YamlText
{
    /// <summary>All documents.</summary>
    /// <exception cref="YamlException">It is not valid, nested too deeply, or its aliases stand for nothing, for themselves or for too much.</exception>
    public static YamlStream Load(TextReader reader)
    {
        var parser = new ShallowParser(new Parser(reader));
        var stream = new YamlStream();
        try
        {
            stream.Load(parser);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            throw parser.Failure(e.Message);
        }
        foreach (var document in stream.Documents)
            YamlSize.Require(document.RootNode);
        return stream;
    }
}
