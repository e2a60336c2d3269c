using System.Text;
using PatroniOps.Postgres;

namespace PatroniOps.Archives;

/// <summary>The timelines' histories in an archive.</summary>
internal static class ArchiveHistories
{
    /// <param name="archive">The archive.</param>
    /// <param name="catalogue">Its files.</param>
    /// <param name="failed">Hears of each that cannot be read, and why.</param>
    public static List<TimelineHistory> Read(WalArchive archive, WalCatalogue catalogue, Action<ArchivedFile, string> failed)
    {
        var histories = new List<TimelineHistory>();
        foreach (var file in catalogue.Histories)
        {
            try
            {
                histories.Add(TimelineHistory.ParseFile(file.Name.Timeline, Encoding.UTF8.GetString(archive.ReadSmall(file))));
            }
            catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or InvalidDataException)
            {
                failed(file, e.Message.TrimEnd('.'));
            }
        }
        return histories;
    }
}
