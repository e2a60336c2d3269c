namespace PatroniOps.Lab;

/// <summary>The lab could not do what was asked; the message says what to look at.</summary>
public sealed class LabException : Exception
{
    public LabException()
    {
    }

    public LabException(string message)
        : base(message)
    {
    }

    public LabException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
