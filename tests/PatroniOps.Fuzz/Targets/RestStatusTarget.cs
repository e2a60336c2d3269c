using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Fuzz.Targets;

/// <summary>GET /patroni of a member.</summary>
public sealed class RestStatusTarget() : AnswerTarget(Seeds.Answers(name => name.Contains("patroni", StringComparison.Ordinal)))
{
    private protected override bool Read(JsonElement answer)
    {
        if (PatroniStatus.Parse(answer) is not { } status)
            return false;
        FuzzException.Require(status.Timeline is not 0, "timeline 0");
        FuzzException.Require(status.DcsLastSeen is not { } seen || seen > DateTimeOffset.UnixEpoch, $"last seen {status.DcsLastSeen}");
        _ = PatroniVersion.Parse(status.PatroniVersion);
        _ = status.ToString();
        return true;
    }
}
