using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatroniOps.Backups;

/// <summary>The restore tests that this machine has run, one a line, in its state folder.</summary>
/// <param name="folder">The state folder.</param>
public sealed class RestoreHistory(string folder)
{
    private static readonly TimeSpan MostDuration = TimeSpan.FromDays(1000);

    private string FilePath => Path.Combine(folder, "restore-tests.jsonl");

    /// <summary>Adds one; it is on disk when this returns.</summary>
    public void Add(PatroniBackupTest test)
    {
        Directory.CreateDirectory(folder);
        using var file = new FileStream(FilePath, FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(JsonSerializer.SerializeToUtf8Bytes(test, RestoreHistoryJson.Default.PatroniBackupTest));
        file.Write("\n"u8);
        file.Flush(flushToDisk: true);
    }

    /// <summary>All that can be read, the oldest first. A line that was cut off by a crash, or is none, is left out.</summary>
    public IReadOnlyList<PatroniBackupTest> List()
    {
        if (!File.Exists(FilePath))
            return [];
        var tests = new List<PatroniBackupTest>();
        foreach (var line in File.ReadLines(FilePath).Where(l => l.Length > 0))
        {
            try
            {
                if (JsonSerializer.Deserialize(line, RestoreHistoryJson.Default.PatroniBackupTest) is { Repository: not null, Label: not null } test && test.Checks.All(c => c is { Name: not null, Text: not null }) && IsPlausible(test))
                    tests.Add(test);
            }
            catch (JsonException)
            {
                // Cut off.
            }
        }
        return tests;
    }

    // Times that add up.
    private static bool IsPlausible(PatroniBackupTest test) => IsPlausible(test.RestoreDuration) && IsPlausible(test.RecoveryDuration);

    private static bool IsPlausible(TimeSpan? duration) => duration is null || (duration >= TimeSpan.Zero && duration < MostDuration);

    /// <summary>The backups with when each was last restored with success.</summary>
    public IEnumerable<PatroniBackup> Apply(IEnumerable<PatroniBackup> backups)
    {
        var passed = List().Where(t => t is { IsRestored: true, IsSuccess: true }).ToLookup(t => (t.Repository, t.Stanza, t.Label));
        return backups.Select(b => passed[(b.Repository, b.Stanza, b.Label)].LastOrDefault() is { } test ? b with { VerifiedAt = test.TestedAt } : b);
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(PatroniBackupTest))]
internal sealed partial class RestoreHistoryJson : JsonSerializerContext;
