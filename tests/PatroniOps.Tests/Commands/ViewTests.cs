using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using PatroniOps.Commands;
using PatroniOps.Postgres;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Commands;

/// <summary>The module's format and type files, beside the types that they are about. How the views look is seen in a real pwsh (tests/pester).</summary>
public sealed partial class ViewTests
{
    private static readonly IReadOnlyList<XElement> Views = [.. new[] { "PatroniOps.format.ps1xml", "PatroniOps.List.format.ps1xml" }.SelectMany(f => Load(f).Descendants("View"))];
    private static readonly ILookup<string, string> Serialization = Load("PatroniOps.types.ps1xml").Descendants("Type")
        .ToLookup(t => t.Element("Name")!.Value, t => t.Descendants("NoteProperty").Single().Element("Name")!.Value);

    public static TheoryData<Type> Outputs => [.. OutputTypes.All];

    public static TheoryData<string> ViewNames => [.. Views.Select(v => v.Element("Name")!.Value)];

    // A snapshot holds rows as they were read, which go as deep as it says itself.
    public static TheoryData<Type> Parts => [.. OutputTypes.All.Where(t => t != typeof(ClusterSnapshot)).SelectMany(OutputTypes.PartsOf).Distinct().Where(t => !t.IsGenericType)];

    [Theory]
    [MemberData(nameof(Outputs))]
    public void What_a_cmdlet_gives_out_has_a_table_and_a_list(Type output)
    {
        var views = Views.Where(v => v.Descendants("TypeName").Any(n => n.Value == output.FullName)).ToList();
        Assert.Single(views, v => v.Element("TableControl") is not null);
        Assert.Single(views, v => v.Element("ListControl") is not null);
        Assert.Equal("SerializationDepth", Assert.Single(Serialization[output.FullName!]));
    }

    [Theory]
    [MemberData(nameof(ViewNames))]
    public void A_view_names_properties_that_are_there(string name)
    {
        var view = Views.Single(v => v.Element("Name")!.Value == name);
        var type = TypeOf(view);
        var own = type.GetProperties().Select(p => p.Name).ToHashSet();
        var any = OutputTypes.PartsOf(type).Append(type).SelectMany(t => t.GetProperties()).Select(p => p.Name).Concat(["Key", "Value", "Name", "Group"]).ToHashSet();
        Assert.All(view.Descendants("PropertyName"), p => Assert.Contains(p.Value, own));
        Assert.All(view.Descendants("ScriptBlock").SelectMany(s => ItsProperties().Matches(s.Value)), m => Assert.Contains(m.Groups[1].Value, any));
        var columns = view.Descendants("TableColumnHeader").Count();
        Assert.Equal(columns, view.Descendants("TableColumnItem").Count());
    }

    // Without pwsh there is the engine alone, with the commands that it has itself.
    [Theory]
    [MemberData(nameof(ViewNames))]
    public void A_view_needs_no_module_of_pwsh(string name)
    {
        var commands = Views.Single(v => v.Element("Name")!.Value == name).Descendants("ScriptBlock")
            .SelectMany(s => Parser.ParseInput(s.Value, out _, out _).FindAll(a => a is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>());
        Assert.All(commands, c => Assert.Contains(c.GetCommandName(), new[] { "ForEach-Object", "Where-Object" }));
    }

    // What belongs to a cluster stands below its name; what is about a cluster as a whole, or comes as a stream, names it in a column.
    [Theory]
    [MemberData(nameof(Outputs))]
    public void A_table_of_members_is_grouped_by_cluster(Type output)
    {
        var view = Views.Single(v => v.Element("TableControl") is not null && TypeOf(v) == output);
        var labels = view.Descendants("Label").Select(l => l.Value).ToList();
        if (output.GetProperty("Cluster") is not null && labels.Contains("Member"))
            Assert.Equal("Cluster", view.Element("GroupBy")?.Element("PropertyName")?.Value);
    }

    [Theory]
    [MemberData(nameof(ViewNames))]
    public void A_coloured_state_has_a_tone_for_each_of_its_words(string name)
    {
        var view = Views.Single(v => v.Element("Name")!.Value == name);
        foreach (var states in view.Descendants("ScriptBlock").SelectMany(s => Painted().Matches(s.Value)).Select(m => StateType(TypeOf(view), m.Groups[1].Value)))
            Assert.All(Enum.GetNames(states), word => Assert.True(StatusTones.Of(word) is not null, $"{states}.{word} has no tone."));
    }

    [Theory]
    [InlineData("Unknown")]
    [InlineData("Skipped")]
    public void What_is_not_known_is_never_green(string word) => Assert.Equal(Tone.Doubtful, StatusTones.Of(word));

    // ConvertTo-Json writes an enumeration of 64 bits as its word, and any other as a number that means nothing to its reader.
    [Theory]
    [MemberData(nameof(Parts))]
    public void A_part_goes_through_files_jobs_and_JSON_whole(Type part)
    {
        if (part.IsEnum)
            Assert.Equal(typeof(long), Enum.GetUnderlyingType(part));
        Assert.Equal(part.IsEnum || part == typeof(Lsn) ? "SerializationMethod" : "SerializationDepth", Assert.Single(Serialization[part.FullName!]));
    }

    private static XDocument Load(string file) => XDocument.Load(Path.Combine(TestEnvironment.RepositoryRoot, "module", file));

    private static Type TypeOf(XElement view) =>
        typeof(ClusterSnapshot).Assembly.GetType(view.Descendants("TypeName").Single().Value) ?? throw new InvalidOperationException($"{view.Element("Name")!.Value} is of a type that is not there.");

    // Of the type itself, or of the parts that a block goes through.
    private static Type StateType(Type type, string property)
    {
        var found = OutputTypes.PartsOf(type).Prepend(type).Select(t => t.GetProperty(property)?.PropertyType).OfType<Type>().First();
        return Nullable.GetUnderlyingType(found) ?? found;
    }

    [GeneratedRegex(@"\$_\.(\w+)")]
    private static partial Regex ItsProperties();

    [GeneratedRegex(@"::Status\(\$_\.(\w+),")]
    private static partial Regex Painted();
}
