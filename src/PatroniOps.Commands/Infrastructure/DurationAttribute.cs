using System.Globalization;
using System.Management.Automation;

namespace PatroniOps.Commands;

/// <summary>Lets a duration be typed as a number of seconds or as <c>30s</c>, <c>5m</c>, <c>8h</c>, <c>2d</c>. PowerShell alone would take a number as ticks.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            // PowerShell reads 30s as a number of 16 bits and 2d as a decimal; the text as it was typed is still there.
            ValueType and not TimeSpan when inputData is PSObject && LanguagePrimitives.ConvertTo<string>(inputData) is { Length: > 0 } typed && char.IsAsciiLetter(typed[^1]) => Parse(typed),
            sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal => Seconds(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
            string text => Parse(text),
            _ => inputData,
        };
    }

    private static TimeSpan Parse(string text)
    {
        var factor = text.Length == 0 ? 0 : char.ToLowerInvariant(text[^1]) switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        if (factor > 0 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
            return Seconds(number * factor);
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
            return Seconds(seconds);
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span)
            ? span
            : throw new ArgumentTransformationMetadataException($"'{text}' is not a duration. Give seconds, or 30s, 5m, 8h, 2d, or 00:05:00.");
    }

    private static TimeSpan Seconds(double seconds) => seconds is > 0 and < 1e9
        ? TimeSpan.FromSeconds(seconds)
        : throw new ArgumentTransformationMetadataException($"{seconds} is not a number of seconds above zero.");
}
