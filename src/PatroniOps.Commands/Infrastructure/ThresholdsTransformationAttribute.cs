using System.Collections;
using System.Management.Automation;
using PatroniOps.Diagnosis;

namespace PatroniOps.Commands;

/// <summary>Makes thresholds from a hashtable such as <c>@{ LagWarningBytes = 64MB; NotStreaming = '30s' }</c>: what it does not name keeps its default.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ThresholdsTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is not IDictionary given)
            return inputData;
        var thresholds = new Thresholds();
        foreach (DictionaryEntry entry in given)
        {
            var property = typeof(Thresholds).GetProperties().FirstOrDefault(p => string.Equals(p.Name, entry.Key.ToString(), StringComparison.OrdinalIgnoreCase))
                ?? throw new ArgumentTransformationMetadataException(
                    $"There is no threshold named {entry.Key}. There are {string.Join(", ", typeof(Thresholds).GetProperties().Select(p => p.Name))}.");
            var duration = property.PropertyType == typeof(TimeSpan) ? new DurationAttribute().Transform(engineIntrinsics, entry.Value!) : entry.Value;
            property.SetValue(thresholds, LanguagePrimitives.ConvertTo(duration, property.PropertyType, System.Globalization.CultureInfo.InvariantCulture));
        }
        return thresholds;
    }
}
