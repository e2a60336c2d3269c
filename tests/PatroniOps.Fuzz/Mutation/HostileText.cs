namespace PatroniOps.Fuzz.Mutation;

/// <summary>Words that are read wrongly: numbers at the borders of every type, times that no calendar has, addresses, positions, names and letters of all kinds.</summary>
public static class HostileText
{
    public static IReadOnlyList<string> Words { get; } =
    [
        "", " ", "0", "-0", "-1", "1", "00", "0x10", "2147483647", "2147483648", "4294967295", "4294967296", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
        "18446744073709551615", "18446744073709551616", "253402300799", "253402300800", "-62135596801", "1e308", "1E400", "-1e999", "1e-400", "3.5", "NaN", "Infinity", new('9', 400),
        "0/0", "FFFFFFFF/FFFFFFFF", "0/FFFFFFFF", "FFFFFFFF/0", "/", "0/", "/0", "100000000/0", "0/4000028", "16/B374D848", "-1/1",
        "000000010000000000000001", "FFFFFFFFFFFFFFFFFFFFFFFF", "FFFFFFFF000000FFFFFFFFFF", "000000000000000000000000", "0000000100000000000000FF", "000000010000000000000100", "00000002.history",
        "true", "false", "null", "~", "None", "on", "off", "yes", "no", "DONE", "running", "streaming", "replica", "unknown",
        "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.9999999-14:00", "0001-01-01 00:00:00 UTC", "9999-12-31 23:59:59.999 UTC", "2026-02-30 00:00:00 UTC", "2026-11-23 24:00:00 UTC", "0000-00-00", "99999-99-99",
        "30min", "1e9999 d", "99999999999999999999 d", "10675200.00:00:00", "-10675199.02:48:05.4775808", "10675199.02:48:05.4775807", "P1D",
        "http://127.0.0.1:8008/patroni", "http://[", "http://[::1]:99999", "http://[fe80::1%25eth0]:8008", "http://user:pass@host:1", "http://:8008", "http://ex ample", "file:///etc/passwd", "http://" + new string('a', 300),
        "\0", "\u0001", "\u001b[31m", "\u007f", "\u0085", "\u00a0", "\u00ad", "\u0130", "\u2028", "\u202e", "\ufeff", "\ufffd", "\uffff", "\ud83d\ude00", "e\u0301", "\ufb01", "\u0660\u0661", "\uff11",
        "'", "\"", "\\", "\\u0000", "\t", "\r\n", "%s%n", "{0}", "$(id)", "`id`", "; rm -rf /", "../../../etc/passwd", "C:\\", "a=b", "a: b", "[x]", "{", "}", "]", ",", "=", ":", "#", new('a', 5000), new('(', 300),
    ];
}
