namespace PatroniOps.Advice;

/// <summary>What came of looking at a setting. In the order of urgency.</summary>
public enum AdviceStatus : long
{
    /// <summary>Read, and nothing to change.</summary>
    Ok,

    /// <summary>Something that the judgement needs was not read; the reason says what.</summary>
    Unknown,

    /// <summary>It works, and there is something better.</summary>
    Advice,

    /// <summary>It does not do what it is there for, or something fails because of it.</summary>
    Wrong,
}
