namespace PatroniOps.Chaos.Faults;

/// <summary>One kind of fault. A class that implements this is found by itself; each fault is an object of its own.</summary>
internal interface IFault
{
    /// <summary>As on the command line.</summary>
    string Name { get; }

    /// <summary>What happens, for the table.</summary>
    string Description { get; }

    /// <summary>Whether it is for the leader too, or for replicas alone.</summary>
    bool MayHitLeader { get; }

    /// <summary>Whether it hits all members at once.</summary>
    bool HitsAll => false;

    /// <summary>Whether somebody must make the member's slot again. After any other fault Patroni makes it.</summary>
    bool TakesSlot => false;

    /// <summary>The findings of which each names the true cause.</summary>
    IReadOnlyList<string> Causes { get; }

    /// <summary>What the finding must say of the cause, where its id alone does not; null: the id does.</summary>
    string? CauseText => null;

    /// <summary>Breaks it, and returns at once or when the broken state can be seen.</summary>
    Task InjectAsync(FaultSite site, CancellationToken cancellationToken);

    /// <summary>Takes the cause away, as a person or a service manager does after the alarm. What the module is to repair stays.</summary>
    Task HealAsync(FaultSite site, CancellationToken cancellationToken);

    /// <summary>Takes back what was only set for the fault, once the cluster is whole again.</summary>
    Task TidyAsync(FaultSite site, CancellationToken cancellationToken) => Task.CompletedTask;
}
