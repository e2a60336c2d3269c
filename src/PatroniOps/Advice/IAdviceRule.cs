namespace PatroniOps.Advice;

/// <summary>One rule of configuration, in a file of its own; found by its interface. Pure: no I/O, no clock.</summary>
internal interface IAdviceRule
{
    IEnumerable<ConfigurationAdvice> Judge(AdviceContext context);
}
