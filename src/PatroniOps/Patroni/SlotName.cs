using System.Globalization;
using System.Text;

namespace PatroniOps.Patroni;

/// <summary>The name of the physical slot that belongs to a member.</summary>
public static class SlotName
{
    /// <summary>PostgreSQL's limit, NAMEDATALEN - 1.</summary>
    public const int MaximumLength = 63;

    /// <summary>
    /// Lower case; dash and dot become underscore; any other character outside <c>[a-z0-9_]</c> becomes <c>u</c> and its code point in
    /// decimal, at least four digits; cut to 63 characters. Two members can end up with one name.
    /// </summary>
    /// <remarks>Source: Patroni, patroni/dcs/__init__.py slot_name_from_member_name (2.1 to 4.1).</remarks>
    public static string FromMember(string memberName)
    {
        var name = new StringBuilder(memberName.Length);
        foreach (var rune in memberName.ToLowerInvariant().EnumerateRunes())
        {
            if (rune.Value is '-' or '.')
                name.Append('_');
            else if (rune.Value is '_' or (>= 'a' and <= 'z') or (>= '0' and <= '9'))
                name.Append((char)rune.Value);
            else
                name.Append('u').Append(rune.Value.ToString("D4", CultureInfo.InvariantCulture));
        }
        return name.Length > MaximumLength ? name.ToString(0, MaximumLength) : name.ToString();
    }

    /// <summary>True for a name that PostgreSQL accepts for a slot; Patroni skips permanent slots whose names are not such.</summary>
    public static bool IsValid(string name) =>
        name.Length is > 0 and <= MaximumLength && name.All(c => c is '_' or (>= 'a' and <= 'z') or (>= '0' and <= '9'));
}
