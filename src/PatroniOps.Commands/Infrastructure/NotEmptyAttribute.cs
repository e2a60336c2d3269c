using System.Management.Automation;

namespace PatroniOps.Commands;

/// <summary>Refuses empty texts. Null is taken: an object from the pipeline that says nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotEmptyAttribute : ValidateArgumentsAttribute
{
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is string { Length: 0 } or Array { Length: 0 } || (arguments is string[] texts && texts.Any(string.IsNullOrEmpty)))
            throw new ValidationMetadataException("There is an empty text, or none.");
    }
}
