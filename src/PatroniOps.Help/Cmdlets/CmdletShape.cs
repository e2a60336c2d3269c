using System.Management.Automation;
using System.Reflection;

namespace PatroniOps.Help.Cmdlets;

/// <summary>What a cmdlet's page need not say, because the cmdlet says it.</summary>
/// <param name="Sets">One for each set of parameters, the default first; without the common parameters and those that are not shown.</param>
/// <param name="Parameters">All but the common ones, by name; also those that are not shown.</param>
/// <param name="Outputs">The full names of the types.</param>
internal sealed record CmdletShape(string Name, Type Type, IReadOnlyList<IReadOnlyList<ParameterShape>> Sets, IReadOnlyList<ParameterShape> Parameters, IReadOnlyList<string> Outputs)
{
    public static CmdletShape Of(CmdletInfo info)
    {
        var defaults = Activator.CreateInstance(info.ImplementingType);
        var sets = info.ParameterSets.OrderByDescending(s => s.IsDefault)
            .Select(set => set.Parameters.Where(p => !PSCmdlet.CommonParameters.Contains(p.Name)).Select(p => ParameterShape.Of(p, info.ImplementingType, defaults!)).ToList()).ToList();
        var all = sets.SelectMany(s => s).DistinctBy(p => p.Name).OrderBy(p => p.Name, StringComparer.Ordinal).ToList();
        (defaults as IDisposable)?.Dispose();
        return new CmdletShape(info.Name, info.ImplementingType, [.. sets.Select(Shown)], all, [.. info.ImplementingType.GetCustomAttributes<OutputTypeAttribute>().SelectMany(a => a.Type).Select(t => t.Type?.FullName ?? t.Name).Distinct()]);
    }

    // As Get-Command -Syntax has it: positions first, then what must be given, then the cmdlet's own before what it shares.
    private static IReadOnlyList<ParameterShape> Shown(List<ParameterShape> set) =>
        [.. set.Where(p => !p.IsHidden).OrderBy(p => p.Position ?? int.MaxValue).ThenByDescending(p => p.IsMandatory).ThenBy(p => p.Depth).ThenBy(p => p.Name, StringComparer.Ordinal)];
}
