using System.Collections;
using System.Management.Automation;
using PatroniOps.Patroni;
using PatroniOps.Steering;

namespace PatroniOps.Commands;

/// <summary>Makes a patch from a hashtable such as <c>@{ postgresql = @{ use_slots = $true } }</c>, or from JSON text.</summary>
/// <param name="areSettings">The keys are the dotted names of settings: <c>@{ 'postgresql.parameters.wal_keep_size' = '2GB' }</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConfigurationPatchTransformationAttribute(bool areSettings = false) : ArgumentTransformationAttribute
{
    /// <summary>The keys are the dotted names of settings.</summary>
    public bool AreSettings => areSettings;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped && wrapped.BaseObject is not PSCustomObject ? wrapped.BaseObject : inputData;
        try
        {
            return value switch
            {
                ConfigurationPatch patch => patch,
                IDictionary settings when areSettings => ConfigurationPatch.FromSettings(
                    [.. settings.Cast<DictionaryEntry>().Select(e => KeyValuePair.Create(e.Key.ToString() ?? "", JsonText.Of(e.Value)))]),
                string json when !areSettings => ConfigurationPatch.Parse(json),
                IDictionary or PSObject when !areSettings => ConfigurationPatch.Parse(JsonText.Of(value).GetRawText()),
                _ => inputData,
            };
        }
        catch (PatroniOpsException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
