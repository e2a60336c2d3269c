using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using PatroniOps.Commands;
using PatroniOps.Patroni;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Commands;

/// <summary>Rules about confirming, parameter sets, errors and the manifest, and those that only the source shows.</summary>
public sealed partial class ModuleRulesTests
{
    private static readonly string[] Changing =
        ["Approve", "Export", "Invoke", "New", "Protect", "Remove", "Repair", "Restart", "Restore", "Resume", "Set", "Suspend", "Switch", "Undo", "Unprotect"];

    // Verbs that only look, with a switch that does more.
    private static readonly Dictionary<string, string> ChangesThough = new()
    {
        ["Test-PatroniBackup"] = "-Restore restores a backup beside the data.",
        ["Test-WalArchive"] = "-RoundTrip has the leader end its segment.",
    };

    public static TheoryData<Type> Cmdlets => CmdletRulesTests.Cmdlets;

    public static TheoryData<FailureKind> Failures => [.. Enum.GetValues<FailureKind>()];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void What_changes_something_can_be_asked_what_if_and_nothing_else_can(Type type)
    {
        var cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;
        Assert.Equal(Changing.Contains(cmdlet.VerbName) || ChangesThough.ContainsKey($"{cmdlet.VerbName}-{cmdlet.NounName}"), cmdlet.SupportsShouldProcess);
        // -Force answers what a refusal says; it never stands for a cmdlet that could not be asked first.
        if (type.GetProperty("Force") is not null)
            Assert.True(cmdlet.SupportsShouldProcess);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Of_several_sets_of_parameters_one_is_the_default(Type type)
    {
        var sets = Parameters(type).SelectMany(p => p.GetCustomAttributes<ParameterAttribute>()).Select(a => a.ParameterSetName).Where(s => s != ParameterAttribute.AllParameterSets).Distinct().ToList();
        var chosen = type.GetCustomAttribute<CmdletAttribute>()!.DefaultParameterSetName;
        if (sets.Count > 0)
            Assert.Contains(chosen, sets);
        else
            Assert.Null(chosen);
        Assert.All(type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(o => o.ParameterSetName ?? []).Where(s => s != ParameterAttribute.AllParameterSets), s => Assert.Contains(s, sets));
    }

    // An empty name would select nothing, or everything: it is refused where it is typed.
    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_mandatory_text_is_not_empty(Type type)
    {
        foreach (var parameter in Parameters(type).Where(p => p.GetCustomAttributes<ParameterAttribute>().Any(a => a.Mandatory) && (p.PropertyType == typeof(string) || p.PropertyType == typeof(string[]))))
            Assert.True(parameter.GetCustomAttributes<ValidateArgumentsAttribute>().Any(), $"{type.Name} -{parameter.Name} takes an empty text.");
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_failure_has_an_id_and_a_category_of_its_own(FailureKind kind)
    {
        var record = Failure.Record(kind, "b: it is so", "b");
        Assert.Matches("^[A-Z][A-Za-z]+$", record.FullyQualifiedErrorId);
        Assert.NotEqual(ErrorCategory.NotSpecified, record.CategoryInfo.Category);
        Assert.Equal("b", record.TargetObject);
        Assert.Single(Enum.GetValues<FailureKind>(), other => Failure.Record(other, "", null).FullyQualifiedErrorId == record.FullyQualifiedErrorId);
    }

    public static TheoryData<string, string> Forbidden => new()
    {
        { @"\bConsole\.(?!IsOutputRedirected\b)", "What a cmdlet says goes to PowerShell's streams." },
        { @"ErrorCategory\.NotSpecified", "An error has a category." },
        { @"\bShouldContinue\(", "ShouldProcess asks." },
        { @"catch \(Exception( \w+)?\)\s*\r?\n", "A catch names what it can handle." },
        { @"\bThread\.Sleep\(", "A wait takes a token." },
        { @"async void\b", "Nobody could wait for it." },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void The_source_of_the_cmdlets_keeps_from(string pattern, string because)
    {
        var folder = Path.Combine(TestEnvironment.RepositoryRoot, "src", "PatroniOps.Commands");
        foreach (var file in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(f => !Built().IsMatch(f)))
            Assert.False(Regex.IsMatch(File.ReadAllText(file), pattern), $"{Path.GetFileName(file)}: {because}");
    }

    [Fact]
    public void The_manifest_says_what_a_gallery_and_a_reader_ask()
    {
        using var session = new PowerShellSession();
        var text = File.ReadAllText(Path.Combine(TestEnvironment.RepositoryRoot, "PatroniOps.psd1"));
        var manifest = (System.Collections.Hashtable)session.Run("param($text) & ([scriptblock]::Create($text))", text).Output.Single().BaseObject;
        foreach (var key in new[] { "GUID", "ModuleVersion", "PowerShellVersion", "CompatiblePSEditions", "Author", "Description", "TypesToProcess", "FormatsToProcess", "CmdletsToExport", "FunctionsToExport", "AliasesToExport", "VariablesToExport" })
            Assert.True(manifest.ContainsKey(key), $"The manifest has no {key}.");
        foreach (var export in new[] { "CmdletsToExport", "FunctionsToExport", "AliasesToExport" })
            Assert.DoesNotContain((object[])manifest[export]!, name => $"{name}".Contains('*', StringComparison.Ordinal));
        var gallery = (System.Collections.Hashtable)((System.Collections.Hashtable)manifest["PrivateData"]!)["PSData"]!;
        Assert.All(new[] { "Tags", "LicenseUri", "ReleaseNotes" }, key => Assert.True(gallery.ContainsKey(key)));
    }

    private static IEnumerable<PropertyInfo> Parameters(Type type) => type.GetProperties().Where(p => p.GetCustomAttributes<ParameterAttribute>().Any());

    [GeneratedRegex(@"[\\/](bin|obj)[\\/]")]
    private static partial Regex Built();
}
