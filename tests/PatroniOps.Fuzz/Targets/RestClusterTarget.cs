using System.Text.Json;
using PatroniOps.Patroni;

namespace PatroniOps.Fuzz.Targets;

/// <summary>GET /cluster.</summary>
public sealed class RestClusterTarget() : AnswerTarget(Seeds.Answers(name => name == "cluster.json"))
{
    private protected override bool Read(JsonElement answer)
    {
        if (ClusterView.Parse(answer) is not { } view)
            return false;
        foreach (var member in view.Members)
        {
            FuzzException.Require(member.Port is null or (> 0 and < 65536), $"port {member.Port}");
            FuzzException.Require(member.Timeline is not 0, "timeline 0");
            FuzzException.Require(member.ApiUrl is null or { IsAbsoluteUri: true, PathAndQuery: "/" }, $"address {member.ApiUrl}");
            _ = member.ToString();
        }
        return true;
    }
}
