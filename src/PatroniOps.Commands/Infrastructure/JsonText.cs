using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text;
using System.Text.Json;

namespace PatroniOps.Commands;

/// <summary>Values of PowerShell as JSON: hashtables and custom objects become objects, arrays arrays, $null null.</summary>
internal static class JsonText
{
    /// <exception cref="ArgumentTransformationMetadataException">JSON has nothing like it.</exception>
    public static JsonElement Of(object? value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, value, depth: 0);
        using var document = JsonDocument.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
        return document.RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, object? value, int depth)
    {
        if (depth > 32)
            throw new ArgumentTransformationMetadataException("The value is nested too deeply.");
        var plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        switch (plain)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case SwitchParameter flag:
                writer.WriteBooleanValue(flag);
                break;
            case string or char or Guid or System.Uri or Enum:
                writer.WriteStringValue(plain.ToString());
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal or System.Numerics.BigInteger:
                writer.WriteRawValue(Convert.ToString(plain, CultureInfo.InvariantCulture)!);
                break;
            case float or double:
                writer.WriteNumberValue(Finite(Convert.ToDouble(plain, CultureInfo.InvariantCulture)));
                break;
            case IDictionary table:
                WriteObject(writer, table.Cast<DictionaryEntry>().Select(e => (e.Key.ToString() ?? "", e.Value)), depth);
                break;
            case PSObject custom:
                WriteObject(writer, custom.Properties.Select(p => (p.Name, (object?)p.Value)), depth);
                break;
            case IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items)
                    Write(writer, item, depth + 1);
                writer.WriteEndArray();
                break;
            default:
                throw new ArgumentTransformationMetadataException($"A {plain.GetType().Name} has no form in JSON. Give text, a number, $true, $false, $null, an array or a hashtable.");
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, IEnumerable<(string Name, object? Value)> properties, int depth)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in properties)
        {
            writer.WritePropertyName(name);
            Write(writer, value, depth + 1);
        }
        writer.WriteEndObject();
    }

    private static double Finite(double number) =>
        double.IsFinite(number) ? number : throw new ArgumentTransformationMetadataException($"{number} has no form in JSON.");
}
