using System.Text.Json;

namespace PatroniOps.Lab;

/// <summary>PgBackRest is written "pgbackrest", as on the command line.</summary>
internal sealed class LowerCasePolicy : JsonNamingPolicy
{
    public override string ConvertName(string name) => name.ToLowerInvariant();
}
