using System.Management.Automation.Language;

namespace PatroniOps.Tests.Advice;

/// <summary>Looks at commands that are given for copying as PowerShell's own parser does.</summary>
internal static class GivenCommand
{
    /// <summary>The command, which must be one call without a syntax error.</summary>
    public static CommandAst Parse(string command)
    {
        var script = Parser.ParseInput(command, out _, out var errors);
        Assert.Empty(errors);
        var statement = Assert.Single(script.EndBlock.Statements);
        return Assert.IsType<CommandAst>(Assert.Single(Assert.IsType<PipelineAst>(statement).PipelineElements));
    }

    /// <summary>The texts that the call's strings stand for.</summary>
    public static IReadOnlyList<string> Strings(string command) => [.. Parse(command).FindAll(a => a is StringConstantExpressionAst, true).Cast<StringConstantExpressionAst>().Select(s => s.Value)];
}
