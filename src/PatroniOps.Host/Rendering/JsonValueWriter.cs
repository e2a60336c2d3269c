using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json;

namespace PatroniOps.Host.Rendering;

/// <summary>Writes one value as JSON: properties under their PowerShell names, enums and scalars as text, what is too deep or circular as its text.</summary>
internal sealed class JsonValueWriter(Utf8JsonWriter writer)
{
    // Deeper than any output of the module; a bound for what scripts may hand over.
    private const int MaximumDepth = 6;

    private readonly HashSet<object> _ancestors = new(ReferenceEqualityComparer.Instance);

    public void Write(object? value)
    {
        var plain = Members.Unwrap(value);
        switch (plain)
        {
            case null: writer.WriteNullValue(); break;
            case bool flag: writer.WriteBooleanValue(flag); break;
            case var _ when Scalars.IsNumber(plain): writer.WriteRawValue(Number(plain)); break;
            case var _ when Scalars.TextOf(plain) is { } text: writer.WriteStringValue(text); break;
            default: WriteParts(value!, plain); break;
        }
    }

    private void WriteParts(object value, object plain)
    {
        if (_ancestors.Count >= MaximumDepth || !_ancestors.Add(plain))
        {
            writer.WriteStringValue(plain.ToString());
            return;
        }
        if (plain is IDictionary dictionary)
            WriteDictionary(dictionary);
        else if (plain is IEnumerable items)
            WriteArray(items);
        else
            WriteObject(PSObject.AsPSObject(value));
        _ancestors.Remove(plain);
    }

    private void WriteDictionary(IDictionary dictionary)
    {
        writer.WriteStartObject();
        foreach (DictionaryEntry entry in dictionary)
        {
            writer.WritePropertyName(Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "");
            Write(entry.Value);
        }
        writer.WriteEndObject();
    }

    private void WriteArray(IEnumerable items)
    {
        writer.WriteStartArray();
        foreach (var item in items)
            Write(item);
        writer.WriteEndArray();
    }

    private void WriteObject(PSObject value)
    {
        writer.WriteStartObject();
        foreach (var property in Members.Of(value))
        {
            writer.WritePropertyName(property.Name);
            Write(Members.ValueOf(property));
        }
        writer.WriteEndObject();
    }

    private static string Number(object value) => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture);
}
