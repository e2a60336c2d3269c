using System.Management.Automation;
using System.Reflection;
using PatroniOps.Commands;
using PatroniOps.Connections;

namespace PatroniOps.Tests.Commands;

/// <summary>What an object of one cmdlet brings to the next, what is offered at Tab, and where patterns are taken. Each exception says why.</summary>
public sealed class BindingRulesTests
{
    private static readonly string[] Looking = ["Get", "Test", "Measure", "Watch", "ConvertTo", "Export"];

    private static readonly Dictionary<string, string> NotFromThePipeline = new()
    {
        ["ConvertTo-PatroniMetric -Cluster"] = "An archive's test names the cluster that it was found for, and must not have that read again.",
        ["Export-PatroniMetric -Cluster"] = "As ConvertTo-PatroniMetric.",
    };

    private static readonly Dictionary<string, string> OneName = new()
    {
        ["Get-PatroniLogEvent -Member"] = "It is put on the events, it selects none.",
        ["Remove-PatroniSlot -Member"] = "The one node whose slots are dropped.",
        ["Set-PatroniMemberTag -Member"] = "The one node whose patroni.yml is changed.",
        ["Invoke-PatroniSwitchover -Candidate"] = "One becomes the leader.",
        ["Invoke-PatroniFailover -Candidate"] = "One becomes the leader.",
        ["Invoke-ReplicaRebuild -Source"] = "One is copied from.",
        ["New-PatroniBaseBackup -Source"] = "One is copied from.",
    };

    private static readonly Dictionary<string, Type> Completers = new()
    {
        ["Cluster"] = typeof(ClusterCompleter), ["Connection"] = typeof(ConnectionCompleter), ["SlotName"] = typeof(SlotCompleter),
        ["Member"] = typeof(MemberCompleter), ["Candidate"] = typeof(MemberCompleter), ["Source"] = typeof(MemberCompleter),
    };

    public static TheoryData<Type> Cmdlets => CmdletRulesTests.Cmdlets;

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Clusters_members_and_slots_come_from_the_objects_of_other_cmdlets(Type type)
    {
        foreach (var parameter in Named(type, "Cluster", "Member", "SlotName", "ConnectionId", "Uri").Where(p => !NotFromThePipeline.ContainsKey(Place(type, p))))
            Assert.All(Attributes(parameter), a => Assert.True(a.ValueFromPipelineByPropertyName, $"{Place(type, parameter)} does not bind by property name."));
        foreach (var parameter in Named(type, "Connection", "Snapshot").Where(p => p.PropertyType.IsArray))
            Assert.All(Attributes(parameter), a => Assert.True(a.ValueFromPipeline, $"{Place(type, parameter)} does not bind by value."));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void What_names_something_takes_several_and_offers_them(Type type)
    {
        foreach (var parameter in Named(type, [.. Completers.Keys]))
        {
            Assert.Equal(Completers[parameter.Name], parameter.GetCustomAttribute<ArgumentCompleterAttribute>()?.Type);
            Assert.True(parameter.PropertyType.IsArray != OneName.ContainsKey(Place(type, parameter)), $"{Place(type, parameter)} takes {parameter.PropertyType.Name}.");
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void What_looks_takes_patterns(Type type)
    {
        if (!Looking.Contains(type.GetCustomAttribute<CmdletAttribute>()!.VerbName))
            return;
        foreach (var parameter in Named(type, "Cluster", "Member", "SlotName", "Label", "Setting").Where(p => !OneName.ContainsKey(Place(type, p))))
            Assert.NotNull(parameter.GetCustomAttribute<SupportsWildcardsAttribute>());
    }

    [Fact]
    public void An_exception_is_about_a_parameter_that_is_there()
    {
        var all = typeof(ConnectPatroniClusterCommand).Assembly.GetExportedTypes().Where(t => t.GetCustomAttribute<CmdletAttribute>() is not null)
            .SelectMany(t => t.GetProperties().Select(p => Place(t, p))).ToHashSet();
        Assert.All(NotFromThePipeline.Keys.Concat(OneName.Keys), place => Assert.Contains(place, all));
        Assert.All(NotFromThePipeline.Values.Concat(OneName.Values), Assert.NotEmpty);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_kind_of_value_has_its_type(Type type)
    {
        foreach (var parameter in Parameters(type))
        {
            var value = Value(parameter.PropertyType);
            Assert.True(value != typeof(DateTime), $"{Place(type, parameter)} loses the offset from UTC: DateTimeOffset keeps it.");
            switch (parameter.Name)
            {
                case "At" or "After" or "Before" or "ToTime":
                    Assert.Equal(typeof(DateTimeOffset), value);
                    break;
                case "For" or "Over" or "Interval" or "Settle" or "Outage":
                case var name when name.EndsWith("Timeout", StringComparison.Ordinal) || (name.EndsWith("Time", StringComparison.Ordinal) && name != "ToTime"):
                    Assert.Equal(typeof(TimeSpan), value);
                    break;
                case "Uri":
                    Assert.Equal(typeof(Uri), value);
                    break;
                case "Connection":
                    Assert.Equal(typeof(PatroniConnection), value);
                    break;
                case "Kind" or "Method" or "Type" or "Operation" or "Compression" or "OldData" or "ServiceKind":
                    Assert.True(value.IsEnum, $"{Place(type, parameter)} takes words that an enumeration would check.");
                    break;
            }
        }
    }

    private static IEnumerable<PropertyInfo> Parameters(Type type) => type.GetProperties().Where(p => Attributes(p).Any());

    private static IEnumerable<PropertyInfo> Named(Type type, params string[] names) => Parameters(type).Where(p => names.Contains(p.Name));

    private static IEnumerable<ParameterAttribute> Attributes(PropertyInfo parameter) => parameter.GetCustomAttributes<ParameterAttribute>();

    private static Type Value(Type type) => type.IsArray ? Value(type.GetElementType()!) : Nullable.GetUnderlyingType(type) ?? type;

    private static string Place(Type type, PropertyInfo parameter)
    {
        var cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;
        return $"{cmdlet.VerbName}-{cmdlet.NounName} -{parameter.Name}";
    }
}
