using System.Globalization;

namespace PatroniOps.Patroni;

/// <summary>A Patroni release, of which only the numbers matter: <c>4.1.4</c>, <c>3.0.2-1</c>.</summary>
public static class PatroniVersion
{
    /// <summary>Parses the leading numbers; null when there are none.</summary>
    public static Version? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var numbers = new List<int>(3);
        foreach (var part in text.Trim().TrimStart('v').Split('.'))
        {
            var digits = part.AsSpan(0, part.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : part.Length);
            if (digits.IsEmpty || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                break;
            numbers.Add(number);
            if (numbers.Count == 3 || digits.Length != part.Length)
                break;
        }
        return numbers.Count == 0
            ? null
            : new Version(numbers[0], numbers.ElementAtOrDefault(1), numbers.ElementAtOrDefault(2));
    }
}
