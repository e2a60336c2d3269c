using System.Management.Automation;
using System.Reflection;
using PatroniOps.Commands;

namespace PatroniOps.Tests.Commands;

public sealed class CmdletRulesTests
{
    private static readonly HashSet<string> Verbs = [.. typeof(VerbsCommon).Assembly.GetTypes().Where(t => t.Name.StartsWith("Verbs", StringComparison.Ordinal) && t.Namespace == "System.Management.Automation")
        .SelectMany(t => t.GetFields()).Select(f => f.GetRawConstantValue()).OfType<string>()];

    public static TheoryData<Type> Cmdlets => [.. typeof(ConnectPatroniClusterCommand).Assembly.GetExportedTypes().Where(t => t.GetCustomAttribute<CmdletAttribute>() is not null)];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_cmdlet_keeps_PowerShells_rules(Type type)
    {
        var cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;
        Assert.True(type.IsSealed);
        Assert.Contains(cmdlet.VerbName, Verbs);
        Assert.Equal($"{cmdlet.VerbName}{cmdlet.NounName}Command", type.Name);
        Assert.Matches("^(Patroni|Wal|Replica|Nagios)[A-Z][A-Za-z]*([^s]|Status)$", cmdlet.NounName);
        Assert.True(cmdlet.VerbName == "Disconnect" || type.GetCustomAttributes<OutputTypeAttribute>().Any());
        // A reload neither destroys nor fails over.
        if (cmdlet.VerbName == "Invoke" && cmdlet.NounName != "PatroniReload")
            Assert.Equal((true, ConfirmImpact.High), (cmdlet.SupportsShouldProcess, cmdlet.ConfirmImpact));
        if (cmdlet.VerbName is "Invoke" or "Set" or "Restart" or "Suspend" or "Resume" or "Repair" or "Remove" or "Protect" or "Unprotect" or "New" or "Restore" or "Undo" or "Switch" or "Approve" or "Export")
            Assert.True(cmdlet.SupportsShouldProcess);
        if (cmdlet.VerbName is "Repair" or "Remove" or "Restart" or "Undo" or "Switch")
            Assert.Equal(ConfirmImpact.High, cmdlet.ConfirmImpact);
        if (cmdlet.VerbName == "Test")
            Assert.Equal(typeof(SwitchParameter), type.GetProperty("Quiet")?.PropertyType);
        Assert.DoesNotContain(type.GetProperties(), p => p.GetCustomAttributes<ParameterAttribute>().Any() && p.PropertyType == typeof(bool));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Its_parameters_keep_them_too(Type type)
    {
        foreach (var parameter in Parameters(type))
        {
            Assert.Matches("^[A-Z][A-Za-z]+$", parameter.Name);
            // One name for one or many, as everywhere in PowerShell; these end in an s and are none.
            Assert.True(!parameter.Name.EndsWith('s') || new[] { "Bytes", "Status", "As", "Tls" }.Any(end => parameter.Name.EndsWith(end, StringComparison.Ordinal)), $"{type.Name} -{parameter.Name} is a plural.");
            // A secret as text would stand in histories and process lists.
            Assert.DoesNotMatch("(?i)password|passphrase|secret|token", parameter.Name);
            if (parameter.PropertyType == typeof(PSCredential))
                Assert.NotNull(parameter.GetCustomAttribute<CredentialAttribute>());
            if (parameter.PropertyType == typeof(TimeSpan) || (parameter.PropertyType == typeof(TimeSpan?) && parameter.Name != "UtcOffset"))
                Assert.NotNull(parameter.GetCustomAttribute<DurationAttribute>());
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void In_each_set_a_position_and_a_type_from_the_pipeline_are_there_once(Type type)
    {
        var all = Parameters(type).SelectMany(p => p.GetCustomAttributes<ParameterAttribute>().Select(a => (Parameter: p, Attribute: a))).ToList();
        foreach (var set in all.Select(p => p.Attribute.ParameterSetName).Distinct())
        {
            var members = all.Where(p => p.Attribute.ParameterSetName == set || p.Attribute.ParameterSetName == ParameterAttribute.AllParameterSets).ToList();
            var positions = members.Select(p => p.Attribute.Position).Where(p => p >= 0).Order().ToList();
            Assert.Equal(Enumerable.Range(0, positions.Count), positions);
            var types = members.Where(p => p.Attribute.ValueFromPipeline).Select(p => p.Parameter.PropertyType).ToList();
            Assert.Equal(types.Distinct(), types);
        }
    }

    // Types of the module's libraries live in a context of their own: in a session they would be strangers.
    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void No_type_of_a_library_stands_in_a_parameter_or_an_output(Type type)
    {
        var outputs = type.GetCustomAttributes<OutputTypeAttribute>().SelectMany(a => a.Type).Select(t => t.Type);
        var types = Parameters(type).Select(p => p.PropertyType).Concat(outputs).Concat(outputs.SelectMany(o => o.GetProperties()).Select(p => p.PropertyType));
        Assert.All(types.SelectMany(Parts), t => Assert.Matches(@"^(System|PatroniOps)(\.|$)", t.Namespace));
    }

    private static IEnumerable<PropertyInfo> Parameters(Type type) => type.GetProperties().Where(p => p.GetCustomAttributes<ParameterAttribute>().Any());

    private static IEnumerable<Type> Parts(Type type) => type.HasElementType ? Parts(type.GetElementType()!) : [type, .. type.GenericTypeArguments.SelectMany(Parts)];

    [Theory]
    [InlineData(90, 90)]
    [InlineData(1.5, 1.5)]
    [InlineData("30s", 30)]
    [InlineData("5m", 300)]
    [InlineData("8H", 28800)]
    [InlineData("2d", 172800)]
    [InlineData("00:05:00", 300)]
    [InlineData("45", 45)]
    public void Durations_are_typed_in_many_ways(object value, double seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), new DurationAttribute().Transform(null!, value));

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData("soon")]
    [InlineData("")]
    [InlineData("0s")]
    public void What_is_no_duration_is_refused(object value) => Assert.Throws<ArgumentTransformationMetadataException>(() => new DurationAttribute().Transform(null!, value));
}
