namespace PatroniOps.Steering;

/// <summary>How far a change of the dynamic configuration has come on one member.</summary>
/// <param name="Member">Its name.</param>
/// <param name="State">How far.</param>
/// <param name="Detail">Which parameters, or why it could not be told.</param>
public sealed record MemberConfiguration(string Member, ConfigurationState State, string? Detail)
{
    public override string ToString() => Detail is null ? $"{Member}: {State}" : $"{Member}: {State} ({Detail})";
}
