namespace PatroniOps.Recovery.WalRescue;

/// <summary>What a source gave for a segment.</summary>
/// <param name="Content">Its bytes, not verified yet; null when it gave none.</param>
/// <param name="Problem">Why it gave none; null when it simply does not have it.</param>
internal sealed record WalCopy(byte[]? Content, string? Problem)
{
    public static WalCopy None { get; } = new(null, null);

    public static WalCopy Of(byte[] content) => new(content, null);

    public static WalCopy Failed(string problem) => new(null, problem);
}
