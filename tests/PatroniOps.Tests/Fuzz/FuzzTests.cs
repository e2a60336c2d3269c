using PatroniOps.Fuzz;
using PatroniOps.Fuzz.Running;

namespace PatroniOps.Tests.Fuzz;

/// <summary>The beginning of what ./test.sh fuzz gives every parser, always the same.</summary>
public sealed class FuzzTests
{
    private const int Inputs = 2000;

    public static TheoryData<string> Targets => [.. FuzzTargets.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public void It_bears_what_nobody_meant(string target)
    {
        var failures = new List<string>();
        var result = new FuzzSession(target, FuzzTargets.Create(target)!, seed: 1).Run(Inputs, (_, _) => { }, failure => failures.Add($"{failure.Reason}\n{Convert.ToBase64String(failure.Input)}"));

        Assert.Empty(failures);
        // Some are as they were meant, and some are not.
        Assert.InRange(result.Understood, 1, Inputs);
    }

    [Fact]
    public void A_parser_that_does_not_bear_something_is_found_out()
    {
        var failures = new List<FuzzFailure>();
        var result = new FuzzSession("weak", new WeakTarget(), seed: 1).Run(Inputs, (_, _) => { }, failures.Add);

        Assert.Equal(2, result.Failures);
        Assert.Contains(failures, f => f.Reason.Contains("IndexOutOfRange", StringComparison.Ordinal));
        Assert.Contains(failures, f => f.Reason.StartsWith("allocated", StringComparison.Ordinal));
        Assert.NotNull(new FuzzSession("weak", new WeakTarget(), seed: 1).Repeat(failures[0].Input));
    }
}
