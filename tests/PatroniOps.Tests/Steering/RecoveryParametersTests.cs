using PatroniOps.Steering;

namespace PatroniOps.Tests.Steering;

public sealed class RecoveryParametersTests
{
    [Theory]
    [InlineData(true, "wal_keep_size")]
    [InlineData(false, "restore_command wal_keep_size")]
    public void A_primary_is_not_waited_for_with_what_only_a_standby_has(bool isPrimary, string expected) => Assert.Equal(expected,
        string.Join(' ', RecoveryParameters.In(new Dictionary<string, string> { ["restore_command"] = "cp", ["wal_keep_size"] = "1GB" }, isPrimary).Keys.Order(StringComparer.Ordinal)));
}
