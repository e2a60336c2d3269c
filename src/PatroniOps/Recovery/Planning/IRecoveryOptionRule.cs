namespace PatroniOps.Recovery.Planning;

/// <summary>Judges one way back. One a file; found by reflection.</summary>
internal interface IRecoveryOptionRule
{
    RecoveryOption Judge(PlanContext context);
}
