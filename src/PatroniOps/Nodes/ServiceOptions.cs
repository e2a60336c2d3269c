namespace PatroniOps.Nodes;

/// <summary>How Patroni is stopped and started on a node.</summary>
public sealed record ServiceOptions
{
    public ServiceKind Kind { get; init; } = ServiceKind.Systemd;

    /// <summary>The unit of systemd or the program of supervisor.</summary>
    public string Name { get => field ?? "patroni"; init; } = "patroni";

    /// <summary>With <see cref="ServiceKind.Commands"/>: program and arguments that stop Patroni and return when it has ended.</summary>
    public IReadOnlyList<string> StopCommand { get => field ?? []; init; } = [];

    /// <summary>With <see cref="ServiceKind.Commands"/>: program and arguments that start Patroni and return.</summary>
    public IReadOnlyList<string> StartCommand { get => field ?? []; init; } = [];

    /// <summary>With <see cref="ServiceKind.Commands"/>: program and arguments that exit with 0 while Patroni runs, with 3 when it does not.</summary>
    public IReadOnlyList<string> StatusCommand { get => field ?? []; init; } = [];

    public override string ToString() => Kind == ServiceKind.Commands ? $"{Kind}" : $"{Kind} {Name}";
}
