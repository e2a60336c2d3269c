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
        if (cmdlet.VerbName is "Invoke" or "Set" or "Restart" or "Suspend" or "Resume" or "Repair" or "Remove" or "Protect" or "Unprotect")
            Assert.True(cmdlet.SupportsShouldProcess);
        if (cmdlet.VerbName is "Repair" or "Remove")
            Assert.Equal(ConfirmImpact.High, cmdlet.ConfirmImpact);
        if (cmdlet.VerbName == "Test")
            Assert.Equal(typeof(SwitchParameter), type.GetProperty("Quiet")?.PropertyType);
        Assert.DoesNotContain(type.GetProperties(), p => p.GetCustomAttributes<ParameterAttribute>().Any() && p.PropertyType == typeof(bool));
    }

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
