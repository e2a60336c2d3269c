using PatroniOps.Diagnosis;

namespace PatroniOps.Recovery;

/// <summary>What a look at cluster and node told of one method.</summary>
/// <param name="Checks">Every condition, judged.</param>
/// <param name="Bytes">What it moves; null when not known.</param>
/// <param name="BytesNote">How far to trust the number; null: it is the database's size.</param>
internal sealed record MethodDraft(IReadOnlyList<PreflightCheck> Checks, long? Bytes = null, string? BytesNote = null);
