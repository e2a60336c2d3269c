using System.Net;

namespace PatroniOps.Patroni;

/// <summary>Patroni's answer to a call that changes something: the code and its own words.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">The body, at most a few lines.</param>
public sealed record PatroniAnswer(HttpStatusCode Status, string Text)
{
    /// <summary>Patroni took the call (200 or 202): started, not done.</summary>
    public bool IsAccepted => Status is HttpStatusCode.OK or HttpStatusCode.Accepted;
}
