using PatroniOps.Lab;

namespace PatroniOps.Benchmarks;

/// <summary>What people run today: <c>patronictl list</c>.</summary>
internal sealed class PatronictlList(LabConnection lab)
{
    public void Run()
    {
        var output = Child.Run("patronictl", ["-c", lab.Members[0].PatroniConfig, "list"]);
        if (lab.Members.Any(member => !output.Contains(member.Name, StringComparison.Ordinal)))
            throw new InvalidOperationException($"patronictl does not list every member: {output}");
    }
}
