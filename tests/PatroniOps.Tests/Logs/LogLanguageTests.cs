using PatroniOps.Logs;
using static PatroniOps.Logs.LogEventKind;

namespace PatroniOps.Tests.Logs;

public sealed class LogLanguageTests
{
    private const string Segment = "00000003000000160000009E";

    public static TheoryData<string, string, string, string, LogEventKind, string?> Errors => new()
    {
        { "FEHLER", "58P01", $"das angeforderte WAL-Segment {Segment} wurde schon entfernt", "START_REPLICATION", WalSegmentRemoved, Segment },
        { "错误", "58P01", $"所要求的WAL段{Segment}已经被删除", "START_REPLICATION", WalSegmentRemoved, Segment },
        { "ОШИБКА", "58P01", $"запрошенный сегмент WAL {Segment} уже удалён", "START_REPLICATION", WalSegmentRemoved, Segment },
        { "FATAL", "08P01", $"konnte keine Daten vom WAL-Stream empfangen: FEHLER:  das angeforderte WAL-Segment {Segment} wurde schon entfernt", "walreceiver", WalSegmentRemoved, Segment },
        { "致命错误", "08P01", "无法从WAL流中获得数据: 服务器意外地关闭了联接", "walreceiver", WalReceiverFailed, null },
        { "FEHLER", "42704", "Replikations-Slot »bar_psqldb04« existiert nicht", "START_REPLICATION", SlotDoesNotExist, "bar_psqldb04" },
        { "错误", "42704", "复制槽名 \"bar_psqldb04\" 不存在", "START_REPLICATION", SlotDoesNotExist, "bar_psqldb04" },
        { "ERREUR", "42704", "le slot de réplication « bar_psqldb04 » n'existe pas", "START_REPLICATION", SlotDoesNotExist, "bar_psqldb04" },
        { "错误", "53400", "所有的复制槽都在使用中", "SELECT pg_catalog.pg_create_physical_replication_slot('x')", AllSlotsInUse, null },
        { "FATAL", "53300", "Anzahl angeforderter Standby-Verbindungen überschreitet max_wal_senders (aktuell 2)", "startup", SendersExhausted, null },
        { "FATAL", "28P01", "Passwort-Authentifizierung für Benutzer »replicator« fehlgeschlagen", "authentication", AuthenticationFailed, null },
        { "FEHLER", "XX000", "angeforderter Startpunkt 0/7000000 auf Zeitleiste 1 ist nicht in der History dieses Servers", "START_REPLICATION SLOT b 0/7000000 TIMELINE 1", TimelineNotInHistory, null },
        { "错误", "XX000", "请求的起始点 0/13000000 位于该服务器的WAL刷新位置0/12093E70之前", "START_REPLICATION SLOT b 0/13000000 TIMELINE 1", StartingPointAhead, null },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Csvlog_tells_errors_in_any_language(string severity, string state, string message, string activity, LogEventKind kind, string? subject) =>
        Check(Csv(severity, state, message, activity), LogFormat.PostgresCsv, kind, subject);

    [Theory]
    [MemberData(nameof(Errors))]
    public void Jsonlog_tells_errors_in_any_language(string severity, string state, string message, string activity, LogEventKind kind, string? subject) =>
        Check($$"""{"timestamp":"2026-11-22 17:47:54.337 CET","pid":7,"ps":{{Quoted(activity)}},"error_severity":"{{severity}}","state_code":"{{state}}","message":{{Quoted(message)}},"backend_type":"{{activity}}"}""" + "\n", LogFormat.PostgresJson, kind, subject);

    [Theory]
    [InlineData("FEHLER", "42704", "Rolle »bar_psqldb04« existiert nicht", "SELECT")]
    [InlineData("FEHLER", "58P01", "konnte Datei »pg_wal/00000003000000160000009E« nicht öffnen: Datei oder Verzeichnis nicht gefunden", "START_REPLICATION")]
    [InlineData("FEHLER", "53400", "Größe der temporären Datei überschreitet temp_file_limit (1kB)", "SELECT")]
    [InlineData("FATAL", "53300", "tut mir leid, schon zu viele Verbindungen", "startup")]
    [InlineData("LOG", "00000", "Archivbefehl ist fehlgeschlagen mit Statuscode 1", "")]
    public void A_SQLSTATE_that_means_other_things_too_is_not_enough(string severity, string state, string message, string activity) =>
        Assert.All(LogText.Events(Csv(severity, state, message, activity)), e => Assert.Equal(MessagesNotEnglish, e.Kind));

    [Theory]
    [InlineData("FATAL:  konnte keine Daten vom WAL-Stream empfangen: FEHLER:  das angeforderte WAL-Segment 00000003000000160000009E wurde schon entfernt")]
    [InlineData("致命错误:  无法从WAL流中获得数据: 错误:  所要求的WAL段00000003000000160000009E已经被删除")]
    [InlineData("ERREUR:  le segment demandé du journal de transaction, 00000003000000160000009E, a déjà été supprimé")]
    public void Without_SQLSTATE_only_a_bare_segment_is_certain(string line)
    {
        var found = LogText.Events($"2026-11-22 17:47:54.337 CET [7] {line}\n");
        Assert.Equal([MessagesNotEnglish, WalSegmentRemoved], found.Select(e => e.Kind));
        Assert.Equal((Segment, 3u, true), (found[1].Segment, found[1].Timeline!.Value, found[1].IsLocalized));
    }

    [Theory]
    [InlineData("FEHLER:  Replikations-Slot »b« existiert nicht")]
    [InlineData("错误:  复制槽名 \"b\" 不存在")]
    [InlineData("日志:  数据库系统准备接受连接")]
    [InlineData("LOG:  データベースシステムの接続受け付け準備が整いました")]
    [InlineData("ERROR:  no existe el slot de replicación «b»")]
    [InlineData("ΣΦΑΛΜΑ:  κάτι")]
    public void A_file_that_cannot_be_judged_says_so_once(string line)
    {
        var text = string.Concat(Enumerable.Repeat($"2026-11-22 17:47:54.337 CET [7] {line}\n", 50));
        var found = LogText.Only(text);
        Assert.Equal(MessagesNotEnglish, found.Kind);
        Assert.Contains("lc_messages", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_German_standby_of_an_English_primary_is_understood()
    {
        var found = LogText.Events("2026-11-22 17:47:54.337 UTC [7] FATAL:  konnte WAL-Streaming nicht starten: ERROR:  replication slot \"b\" does not exist\n");
        Assert.Contains(found, e => e is { Kind: SlotDoesNotExist, SlotName: "b" });
    }

    [Fact]
    public void Accents_in_names_and_statements_do_not_make_a_file_foreign() => Assert.Empty(LogText.Events(
        "2026-11-22 17:47:54.337 UTC [7] ERROR:  relation \"größe\" does not exist\n2026-11-22 17:47:54.337 UTC [7] LOG:  statement: SELECT größe\n"));

    private static void Check(string text, LogFormat format, LogEventKind kind, string? subject)
    {
        var found = Assert.Single(LogText.Events(text), e => e.Kind != MessagesNotEnglish);
        Assert.Equal((kind, format, true), (found.Kind, found.Format, found.IsLocalized));
        Assert.Equal(subject, found.SlotName ?? found.Segment);
    }

    private static string Csv(string severity, string state, string message, string activity) =>
        $"2026-11-22 17:47:54.337 CET,\"replicator\",,7,\"10.0.0.4:5\",69220b9a.7,2,\"{activity}\",2026-11-22 17:47:54 CET,3/0,0,{severity},{state},\"{message.Replace("\"", "\"\"", StringComparison.Ordinal)}\",,,,,,\"{activity}\",,,\"b\",\"{activity}\",,0\n";

    private static string Quoted(string text) => $"\"{text.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
