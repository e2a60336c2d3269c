namespace PatroniOps.Fuzz.Running;

/// <summary>How a run ends.</summary>
internal static class ExitCodes
{
    public const int Good = 0;

    /// <summary>An input was not borne.</summary>
    public const int Failed = 1;

    public const int Usage = 2;

    /// <summary>An input was not done with in time.</summary>
    public const int Hung = 3;
}
