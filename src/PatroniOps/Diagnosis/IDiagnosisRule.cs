namespace PatroniOps.Diagnosis;

/// <summary>One rule of diagnosis, in a file of its own; found by its interface. Pure: no I/O, no clock.</summary>
internal interface IDiagnosisRule
{
    IEnumerable<Finding> Judge(DiagnosisContext context);
}
