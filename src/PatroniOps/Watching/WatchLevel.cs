namespace PatroniOps.Watching;

/// <summary>
/// A level with hysteresis: it rises at once and falls only after it has been lower for the settling time, on looks that could tell. A value that
/// goes to and fro is one rise and one fall.
/// </summary>
/// <param name="settle">How long it must have been lower.</param>
/// <param name="level">The first level.</param>
/// <param name="at">When it was seen.</param>
internal sealed class WatchLevel(TimeSpan settle, int level, DateTimeOffset at)
{
    // When the present lower stretch began, and the highest that was seen in it; null while the level holds.
    private DateTimeOffset? lowerSince;
    private int highestSince;

    public int Level { get; private set; } = level;

    /// <summary>Since when it has been at this level.</summary>
    public DateTimeOffset Since { get; private set; } = at;

    /// <summary>How often it was lower for less than the settling time.</summary>
    public int Flaps { get; private set; }

    /// <summary>Takes a look.</summary>
    /// <param name="seen">The level that was seen.</param>
    /// <param name="at">When.</param>
    /// <param name="canFall">False when the look could not tell that it is lower: that counts as no look at all.</param>
    /// <returns>The change; null when there is none.</returns>
    public WatchLevelChange? See(int seen, DateTimeOffset at, bool canFall)
    {
        if (seen >= Level)
            return Hold(seen, at);
        if (!canFall)
        {
            lowerSince = null;
            return null;
        }
        highestSince = lowerSince is null ? seen : Math.Max(highestSince, seen);
        lowerSince ??= at;
        return at - lowerSince.Value >= settle ? Change(highestSince, lowerSince.Value) : null;
    }

    private WatchLevelChange? Hold(int seen, DateTimeOffset at)
    {
        if (lowerSince is not null)
            Flaps++;
        lowerSince = null;
        return seen > Level ? Change(seen, at) : null;
    }

    private WatchLevelChange Change(int to, DateTimeOffset when)
    {
        var change = new WatchLevelChange(Level, to, Since, when, Flaps);
        (Level, Since, Flaps, lowerSince) = (to, when, 0, null);
        return change;
    }
}
