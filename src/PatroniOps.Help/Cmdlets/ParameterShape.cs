using System.Collections;
using System.Globalization;
using System.Management.Automation;
using PatroniOps.Commands;

namespace PatroniOps.Help.Cmdlets;

/// <summary>A parameter in one set.</summary>
internal sealed record ParameterShape
{
    public required string Name { get; init; }

    /// <summary>Without Nullable.</summary>
    public required Type Type { get; init; }

    public bool IsMandatory { get; init; }

    /// <summary>Null: by name only.</summary>
    public int? Position { get; init; }

    public bool IsByValue { get; init; }

    public bool IsByPropertyName { get; init; }

    public bool IsWildcard { get; init; }

    public bool IsHidden { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>As a reader would type it; None when there is none.</summary>
    public required string Default { get; init; }

    /// <summary>What it takes beyond what its type says, in sentences.</summary>
    public required IReadOnlyList<string> Limits { get; init; }

    /// <summary>How far above the cmdlet's own class it is declared.</summary>
    public int Depth { get; init; }

    /// <summary>Such as Uri[].</summary>
    public string TypeName => Type.Name;

    /// <summary>The names that are accepted; empty unless it is an enumeration.</summary>
    public IReadOnlyList<string> Values => (Type.GetElementType() ?? Type) is { IsEnum: true } type ? Enum.GetNames(Nullable.GetUnderlyingType(type) ?? type) : [];

    public string Pipeline => (IsByValue, IsByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    public static ParameterShape Of(CommandParameterInfo info, Type cmdlet, object defaults)
    {
        var property = cmdlet.GetProperty(info.Name);
        return new ParameterShape
        {
            Name = info.Name,
            Type = Nullable.GetUnderlyingType(info.ParameterType) ?? info.ParameterType,
            IsMandatory = info.IsMandatory,
            Position = info.Position >= 0 ? info.Position : null,
            IsByValue = info.ValueFromPipeline,
            IsByPropertyName = info.ValueFromPipelineByPropertyName,
            IsWildcard = info.Attributes.OfType<SupportsWildcardsAttribute>().Any(),
            IsHidden = info.Attributes.OfType<ParameterAttribute>().Any(a => a.DontShow),
            Aliases = info.Aliases,
            Default = info.Attributes.OfType<PSDefaultValueAttribute>().FirstOrDefault()?.Help ?? DefaultText(property?.GetValue(defaults)),
            Limits = [.. info.Attributes.Select(Limit).OfType<string>()],
            Depth = property is null ? int.MaxValue : Distance(cmdlet, property.DeclaringType!),
        };
    }

    private static string DefaultText(object? value) => value switch
    {
        null or "" or ICollection { Count: 0 } => "None",
        SwitchParameter => "False",
        TimeSpan { Ticks: 0 } => "None",
        TimeSpan or string or Enum or int or long => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => "None",
    };

    private static string? Limit(Attribute attribute) => attribute switch
    {
        DurationAttribute => "A duration is a number of seconds, or 30s, 5m, 8h, 2d, or 00:05:00.",
        ValidateRangeAttribute { MaxRange: long.MaxValue or int.MaxValue } range => $"{range.MinRange} or more.",
        ValidateRangeAttribute range => $"{range.MinRange} to {range.MaxRange}.",
        ValidatePatternAttribute pattern => $"It must match {pattern.RegexPattern}.",
        _ => null,
    };

    private static int Distance(Type? type, Type declaring)
    {
        var distance = 0;
        for (; type is not null && type != declaring; type = type.BaseType)
            distance++;
        return distance;
    }
}
