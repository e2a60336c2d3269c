namespace PatroniOps.LabTests.Help;

/// <summary>Whoever adds a block of commands to the README or a page says how it is run, or why it is not.</summary>
public sealed class DocumentedBlockTests
{
    private static readonly string[] States = ["", "offline", "unconnected", "broken", "copied"];

    [Fact]
    public void Every_block_is_run_or_is_named_with_the_reason()
    {
        var blocks = DocumentedBlock.All();
        Assert.True(blocks.Count > 15, $"{blocks.Count} blocks were found.");
        foreach (var block in blocks)
        {
            var isRun = block.Info is "sh" or "sql" || (block.Info == "powershell" && States.Contains(block.State));
            Assert.True(isRun || UnrunBlocks.Reasons.ContainsKey(block.FirstLine), $"{block.Place} is neither run (```powershell STATE, ```sh, ```sql) nor named in UnrunBlocks.");
        }
    }

    [Fact]
    public void No_reason_is_for_a_block_that_is_gone() => Assert.Empty(UnrunBlocks.Reasons.Keys.Except(DocumentedBlock.All().Select(b => b.FirstLine)));

    [Fact]
    public void Every_command_of_the_runbook_is_run_or_is_named_with_the_reason()
    {
        var unknown = RunbookCommand.Spans().Where(s => !RunbookCommand.IsCmdlet(s) && !RunbookCommand.IsNoCommand(s) && !RunbookCommand.IsUnrun(s) && RunbookCommand.Of(s) is null).ToList();
        Assert.True(unknown.Count == 0, $"These are neither run nor named in RunbookCommand: {string.Join("; ", unknown)}");
    }

    [Fact]
    public void No_reason_is_for_a_command_that_is_gone() => Assert.Empty(RunbookCommand.Named.Except(RunbookCommand.Spans()));
}
