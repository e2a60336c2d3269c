using PatroniOps.Chaos.Clients;
using PatroniOps.Chaos.Operators;
using PatroniOps.Lab;

namespace PatroniOps.Chaos;

/// <summary>What must be true when nothing is broken and nobody writes any more.</summary>
internal sealed class EndCheck(LabCluster lab, Ledger ledger, Watch watch)
{
    /// <summary>What is not true in the end.</summary>
    public async Task<IReadOnlyList<string>> ProblemsAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        Diary.Write($"the end: {ledger.Acknowledged} rows were committed");
        if (ledger.Acknowledged == 0)
            problems.Add("no row was committed");
        if (await Until.NullAsync(patience, async token => watch.Trouble() ?? await NotStreamingAsync(token), cancellationToken) is { } trouble)
            problems.Add(trouble);
        foreach (var member in lab.Members)
        {
            // A replica may have to replay the last of it.
            var lacks = await Until.NullAsync(patience, token => LacksAsync(member, token), cancellationToken);
            Diary.Write($"  {lacks ?? $"{member.Name} has them all"}");
            if (lacks is not null)
                problems.Add(lacks);
        }
        return problems;
    }

    private async Task<string?> NotStreamingAsync(CancellationToken cancellationToken)
    {
        try
        {
            await lab.WaitHealthyAsync(TimeSpan.Zero, cancellationToken);
            return null;
        }
        catch (LabException e)
        {
            return e.Message;
        }
    }

    private async Task<string?> LacksAsync(LabMember member, CancellationToken cancellationToken)
    {
        var missing = await ledger.MissingOnAsync(member, cancellationToken);
        if (missing > 0)
            return $"{member.Name} lacks {missing} of {ledger.Acknowledged} committed rows";
        var leader = await lab.LeaderAsync(cancellationToken) ?? throw new LabException("There is no leader.");
        var sums = await PgBench.SumsOnAsync(member, cancellationToken);
        if (sums.Split(' ')[..4].Distinct().Count() != 1)
            return $"pgbench's sums on {member.Name} differ from each other: {sums}";
        var wanted = await PgBench.SumsOnAsync(leader, cancellationToken);
        return sums == wanted ? null : $"pgbench's sums on {member.Name} are {sums}, and {wanted} on {leader.Name}";
    }
}
