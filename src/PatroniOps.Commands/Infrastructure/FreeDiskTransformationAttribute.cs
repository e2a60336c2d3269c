using System.Collections;
using System.Globalization;
using System.Management.Automation;
using PatroniOps.Retention;

namespace PatroniOps.Commands;

/// <summary>Makes free disk space from bytes (<c>50GB</c>), for all nodes, or from a hashtable by member (<c>@{ node1 = 50GB }</c>).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FreeDiskTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            FreeDisk => value,
            IDictionary given => new FreeDisk(null, given.Cast<DictionaryEntry>().ToDictionary(e => $"{e.Key}", e => Bytes(e.Value), StringComparer.OrdinalIgnoreCase)),
            _ => new FreeDisk(Bytes(value), new Dictionary<string, long>()),
        };
    }

    private static long Bytes(object? value)
    {
        if (LanguagePrimitives.TryConvertTo<long>(value, CultureInfo.InvariantCulture, out var bytes) && bytes >= 0 && value is not null && $"{value}".Trim().Length > 0)
            return bytes;
        throw new ArgumentTransformationMetadataException($"'{value}' is not a number of bytes. Give 50GB, or @{{ node1 = 50GB; node2 = 40GB }}.");
    }
}
