namespace PatroniOps.Lab;

/// <summary>Everyone who can log in to the lab; all passwords are made up anew by every start.</summary>
/// <param name="Observer">Only a member of pg_monitor.</param>
/// <param name="Rest">For the REST API's unsafe calls.</param>
public sealed record LabCredentials(
    LabLogin Superuser,
    LabLogin Replication,
    LabLogin Rewind,
    LabLogin Observer,
    LabLogin Rest)
{
    internal static LabCredentials Generate() => new(
        LabLogin.Generate("postgres"),
        LabLogin.Generate("replicator"),
        LabLogin.Generate("rewinder"),
        LabLogin.Generate("patroniops_observer"),
        LabLogin.Generate("patroni"));
}
