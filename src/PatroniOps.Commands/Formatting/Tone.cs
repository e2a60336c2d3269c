namespace PatroniOps.Commands;

/// <summary>What a word for a state means to the one who reads it.</summary>
internal enum Tone
{
    /// <summary>Neither good nor bad.</summary>
    Neutral,

    /// <summary>As it should be: green.</summary>
    Good,

    /// <summary>Not known, on its way, or worth a look: yellow.</summary>
    Doubtful,

    /// <summary>Something must be done: red.</summary>
    Bad,
}
