using System.Text.Json;
using PatroniOps.Archives.Tools;
using PatroniOps.Backups;
using PatroniOps.Patroni;
using PatroniOps.Snapshots;
using PatroniOps.Tests.Logs;

namespace PatroniOps.Tests.Patroni;

/// <summary>Names that the JSON reader takes, and that are no text: whoever looks for another name beside them would fail.</summary>
public sealed class JsonParseTests
{
    private const string Half = """ "\ud800": 1, """;

    [Theory]
    [InlineData("""{"\ud800": 1, "state": "running"}""")]
    [InlineData("""{"xlog": {"a\udbff\udbff": 1}}""")]
    [InlineData("""[{"\udc00": {}}]""")]
    public void A_name_that_is_no_text_is_no_JSON(string text) => Assert.Throws<JsonException>(() => Json.Parse(text));

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_no_name() => Assert.Throws<JsonException>(() => Json.Parse((byte[])[(byte)'{', (byte)'"', 0xED, 0xA0, 0x80, (byte)'"', (byte)':', (byte)'1', (byte)'}']));

    [Theory]
    [InlineData("""{"a\ud83d\ude00\n": 1, "state": "\ud800"}""")]
    [InlineData("""{"größe": 1}""")]
    public void A_name_is_any_text_and_a_value_that_is_none_is_unknown(string text) => Assert.Null(Json.Text(Json.Parse(text), "state"));

    [Fact]
    public void Catalogues_say_that_they_are_damaged()
    {
        Check(() => WalGCatalogue.Parse($$"""{{{Half}} "LSN": 1}""", "r", "base_x"));
        Check(() => BaseBackupCatalogue.Parse("/b", $$"""{{{Half}} "Files": []}""", null));
        Check(() => PgBackRestInfo.Parse($$"""[{{{Half}} "backup": []}]""", "r"));
        Check(() => PgBackRestCatalogue.Parse($$"""
            [backup:current]
            a={{{Half}} "backup-type": "full"}
            [db:history]
            1={}
            """, "r", "demo"));
        Check(() => SnapshotFile.FromJson("""{"cluster": "\ud800"}"""u8, "x"));
    }

    [Fact]
    public void Tools_are_unknown()
    {
        Assert.NotNull(PgBackRestReport.Parse($$"""[{{{Half}} "name": "demo"}]""", "demo", null).Unknown);
        Assert.NotNull(BarmanReport.Parse($$"""{{{Half}} "demo": 1}""", "{}", "demo").Unknown);
        Assert.NotNull(BarmanReport.Parse("""{"_ERROR": "\udc00"}""", "{}", "demo").Unknown);
    }

    [Fact]
    public void A_line_of_a_log_is_passed_over() => Assert.Empty(LogText.Events("""{"timestamp": "2026-11-22 17:47:54 UTC", "\ud800": 1, "error_severity": "LOG", "message": "archive command failed with exit code 1"}"""));

    private static void Check(Action parse) => Assert.Equal(FailureKind.InvalidAnswer, Assert.Throws<PatroniOpsException>(parse).Kind);
}
