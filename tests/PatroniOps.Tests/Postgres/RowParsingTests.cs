using CsCheck;
using PatroniOps.Postgres;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Postgres;

public sealed class RowParsingTests
{
    [Theory]
    [InlineData("9223372036854775807")]
    [InlineData("2147483648")]
    [InlineData("")]
    public void A_setting_beyond_what_PostgreSQL_has_is_unknown(string text)
    {
        var settings = new ServerSettings(new Dictionary<string, string> { ["wal_receiver_status_interval"] = text, ["wal_sender_timeout"] = text, ["wal_keep_size"] = text, ["max_slot_wal_keep_size"] = text });
        Assert.Equal((null, null, null, null), (settings.WalReceiverStatusInterval, settings.WalSenderTimeout, settings.WalKeepBytes, settings.MaximumSlotWalBytes));
    }

    [Fact]
    public void No_row_makes_a_parser_throw() => HostileJson.Value.Sample(json =>
    {
        var row = JsonText.Parse(json);
        SlotRow.Parse(row);
        SenderRow.Parse(row);
        ReceiverRow.Parse(row);
        ArchiverRow.Parse(row);
        ControlData.Parse(row);
        ServerState.Parse(row);
        ServerSettings.Parse(row);
        BackendRow.Parse(row);
        WalListing.Parse(row, WalSegment.DefaultSize);
    });

    [Fact]
    public void A_lost_slot_has_neither_position_nor_safe_size()
    {
        var slot = SlotRow.Parse(JsonText.Parse("""{"slot_name": "s", "slot_type": "physical", "temporary": false, "active": false, "restart_lsn": null, "wal_status": "lost", "safe_wal_size": null}"""))!;

        Assert.Equal(("s", "lost", false), (slot.Name, slot.WalStatus, slot.IsActive));
        Assert.Null(slot.RestartLsn);
        Assert.Null(slot.SafeWalSize);
    }

    [Fact]
    public void Settings_keep_their_unit_and_lose_their_secrets()
    {
        var settings = ServerSettings.Parse(JsonText.Parse(
            """{"wal_keep_size": "480", "max_slot_wal_keep_size": "-1", "wal_sender_timeout": "0", "restore_command": "", "archive_mode": "on", "primary_conninfo": "user=r password=geheim host=h"}"""));

        Assert.Equal(480L << 20, settings.WalKeepBytes);
        Assert.Null(settings.MaximumSlotWalBytes);
        Assert.Equal(TimeSpan.Zero, settings.WalSenderTimeout);
        Assert.Equal("", settings.RestoreCommand);
        Assert.True(settings.IsArchiving);
        Assert.DoesNotContain("geheim", settings.Values["primary_conninfo"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"wal_keep_segments": "30", "wal_segment_size": "16777216"}""", 480)]
    [InlineData("""{"wal_keep_segments": "30", "wal_segment_size": "67108864"}""", 1920)]
    [InlineData("""{"wal_keep_segments": "30"}""", null)]
    public void Segments_of_Postgres_12_count_the_size_of_the_servers_own(string settings, int? megabytes) =>
        Assert.Equal((long?)megabytes << 20, ServerSettings.Parse(JsonText.Parse(settings)).WalKeepBytes);

    [Fact]
    public void A_setting_that_was_not_given_is_unknown()
    {
        var settings = ServerSettings.Parse(JsonText.Parse("{}"));

        Assert.Null(settings.RestoreCommand);
        Assert.Null(settings.IsArchiving);
        Assert.Null(settings.WalKeepBytes);
        Assert.Null(settings.WalSenderTimeout);
    }
}
