using CsCheck;
using PatroniOps.Watching;

namespace PatroniOps.Tests.Watching;

public sealed class WatchLevelTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Between_two_falls_lies_at_least_the_settling_time_and_a_rise_is_never_late() => Gen.Int[0, 3].Array[1, 200].Sample(seen =>
    {
        var settle = TimeSpan.FromSeconds(5);
        var level = new WatchLevel(settle, seen[0], Start);
        var lastFall = Start - settle;
        for (var i = 1; i < seen.Length; i++)
        {
            var at = Start.AddSeconds(i);
            var before = level.Level;
            var change = level.See(seen[i], at, canFall: true);
            Assert.True(level.Level >= seen[i]);
            Assert.Equal(change is null, before == level.Level);
            if (level.Level < before)
            {
                Assert.True(at - lastFall >= settle);
                lastFall = at;
            }
        }
    });
}
