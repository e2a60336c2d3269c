using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Help;

/// <summary>The examples that need no cluster do what they show; those that need one run on the lab.</summary>
public sealed class RecordedExampleTests : IDisposable
{
    private readonly PowerShellSession session = new();

    public static TheoryData<string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, string>();
            foreach (var name in HelpFixture.PageNames)
                foreach (var example in HelpFixture.Page(name).Examples.Where(e => e.State == "offline"))
                    examples.Add(name, example.Code);
            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_with_a_recorded_cluster_runs(string name, string code)
    {
        session.Run("$null = $ExecutionContext.SessionState.Path.SetLocation($args[0])", TestEnvironment.RepositoryRoot);
        var (output, errors, _) = session.Run(code);
        Assert.Empty(errors);
        Assert.True(output.Count > 0 || code.Contains("-WhatIf", StringComparison.Ordinal), $"{name}: {code} showed nothing.");
    }

    public void Dispose() => session.Dispose();
}
