namespace PatroniOps.Tags;

/// <summary>The tags that keep a member out of the way, as Patroni writes them.</summary>
public static class TagNames
{
    /// <summary>Never becomes leader.</summary>
    public const string NoFailover = "nofailover";

    /// <summary>Answers 503 on /replica, so that load balancers leave it out.</summary>
    public const string NoLoadBalance = "noloadbalance";
}
