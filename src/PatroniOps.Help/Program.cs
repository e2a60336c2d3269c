using PatroniOps.Help.About;
using PatroniOps.Help.Cmdlets;
using PatroniOps.Help.HelpFiles;
using PatroniOps.Help.Pages;

namespace PatroniOps.Help;

/// <summary>Writes the help of the module: one MAML file for the cmdlets, and one text for each about_ page and language.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        if (arguments is not [var docs, var target])
        {
            Console.Error.WriteLine("Usage: PatroniOps.Help DOCS TARGET");
            return 2;
        }
        try
        {
            WriteCmdlets(docs, target);
            foreach (var page in Directory.EnumerateFiles(docs, "about_*.md", SearchOption.AllDirectories))
                Write(Path.Combine(target, Path.GetFileName(Path.GetDirectoryName(page))!, Path.ChangeExtension(Path.GetFileName(page), ".help.txt")), AboutText.Of(File.ReadAllText(page)));
            return 0;
        }
        catch (HelpException error)
        {
            Console.Error.WriteLine($"error : {error.Message}");
            return 1;
        }
    }

    private static void WriteCmdlets(string docs, string target)
    {
        var folder = Path.Combine(docs, "en-US");
        var shared = SharedParameters.Read(folder);
        using var catalogue = CmdletCatalogue.Open();
        var written = catalogue.Cmdlets.Where(c => File.Exists(PageReader.PathOf(folder, c.Name))).Select(c => MamlCommand.Of(c, PageReader.Read(folder, c.Name), shared));
        Write(Path.Combine(target, "en-US", "PatroniOps.Commands.dll-Help.xml"), MamlFile.Of(written));
    }

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
