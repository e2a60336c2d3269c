namespace PatroniOps.Watching;

/// <summary>A level's change.</summary>
/// <param name="From">The level before.</param>
/// <param name="To">The level from <paramref name="At"/> on.</param>
/// <param name="Since">Since when it had been at the level before.</param>
/// <param name="At">When it changed; a fall is dated to its first look.</param>
/// <param name="Flaps">How often it went and came back meanwhile.</param>
internal sealed record WatchLevelChange(int From, int To, DateTimeOffset Since, DateTimeOffset At, int Flaps)
{
    public TimeSpan Duration => At - Since;
}
