using System.Text.Json;

namespace PatroniOps.Tests.Host;

public sealed class RenderingTests(SmallModule module) : HostTest(module)
{
    private async Task<string> JsonOfAsync(string script) => Assert.Single((await SucceedAsync("-Output", "json", "-Command", script)).Lines);

    [Theory]
    [InlineData("$null, 'x' | ForEach-Object { [pscustomobject]@{ V = $_ } } | Where-Object { -not $_.V }", """{"V":null}""")]
    [InlineData("[DayOfWeek]::Friday", "\"Friday\"")]
    [InlineData("[DateTimeOffset]::new(2024, 1, 2, 3, 4, 5, [TimeSpan]::FromHours(1))", "\"2024-01-02T02:04:05Z\"")]
    [InlineData("[TimeSpan]::new(1, 2, 3, 4)", "\"1.02:03:04\"")]
    [InlineData("[Uri]'http://a/b?c=d&e'", "\"http://a/b?c=d&e\"")]
    [InlineData("[Version]'1.2.3'", "\"1.2.3\"")]
    [InlineData("[Guid]::Empty", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("[double]::NaN", "\"NaN\"")]
    [InlineData("1.5", "1.5")]
    [InlineData("[long]::MaxValue", "9223372036854775807")]
    [InlineData("$true", "true")]
    [InlineData("'é\"<\n'", "\"é\\\"<\\n\"")]
    [InlineData(",[byte[]](1, 2, 3)", "\"AQID\"")]
    [InlineData(",@(1, 'a', $null, @(2))", """[1,"a",null,[2]]""")]
    [InlineData("[ordered]@{ b = 1; a = @{ c = 2 } }", """{"b":1,"a":{"c":2}}""")]
    [InlineData("[ArgumentException]::new('bad')", "\"bad\"")]
    [InlineData("[int]", "\"System.Int32\"")]
    public async Task Json_writes_each_kind_of_value(string script, string json) => Assert.Equal(json, await JsonOfAsync(script));

    [Fact]
    public async Task Json_ends_circles_and_depths()
    {
        using var circle = JsonDocument.Parse(await JsonOfAsync("$x = @{ Name = 'x' }; $x.Self = $x; [pscustomobject]$x"));
        Assert.Equal("x", circle.RootElement.GetProperty("Name").GetString());
        using var deep = JsonDocument.Parse(await JsonOfAsync("$x = @{ End = 1 }; foreach ($i in 1..20) { $x = @{ Next = $x } }; $x"));
        Assert.Equal(JsonValueKind.Object, deep.RootElement.ValueKind);
    }

    [Fact]
    public async Task Json_survives_a_failing_property() =>
        Assert.Equal("""{"Good":1,"Bad":null}""", await JsonOfAsync(
            "$o = [pscustomobject]@{ Good = 1 }; $o.psobject.Properties.Add([psscriptproperty]::new('Bad', { throw 'no' })); $o"));

    [Fact]
    public async Task Json_writes_one_document_a_line() =>
        Assert.Equal(["""{"A":1}""", """{"A":2}"""], (await SucceedAsync("-Output", "json", "-Command", "1, 2 | ForEach-Object { [pscustomobject]@{ A = $_ } }")).Lines);

    [Fact]
    public async Task Csv_quotes_by_rfc_4180_and_starts_a_header_for_other_properties()
    {
        var run = await SucceedAsync("-Output", "csv", "-Command",
            "[pscustomobject]@{ A = 'x,y'; B = 'say \"hi\"' }; [pscustomobject]@{ A = \"two`nlines\"; B = @(1, 2) }; [pscustomobject]@{ C = $null; D = [TimeSpan]::FromSeconds(90) }");
        Assert.Equal("A,B\r\n\"x,y\",\"say \"\"hi\"\"\"\r\n\"two\nlines\",1;2\r\n\r\nC,D\r\n,00:01:30\r\n", run.Output);
    }

    [Fact]
    public async Task Csv_of_plain_values_has_one_column() =>
        Assert.Equal("Value\r\na\r\nb\r\n", (await SucceedAsync("-Output", "csv", "-Command", "'a', 'b'")).Output);

    [Fact]
    public async Task A_list_aligns_names_and_separates_objects()
    {
        var run = await SucceedAsync("Get-Sample", "a,b", "-Output", "list");
        Assert.Equal("Name  : a\nQuiet : False\nCount : 1\n\nName  : b\nQuiet : False\nCount : 1\n", run.Output.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task A_table_shows_objects_as_PowerShell_does()
    {
        var run = await SucceedAsync("Get-Sample", "a,b");
        Assert.Equal(["Name Quiet Count", "---- ----- -----", "a    False     1", "b    False     1"], run.Lines);
    }

    [Fact]
    public async Task A_table_stays_a_table_with_many_properties()
    {
        var run = await SucceedAsync("-Output", "table", "-Command", "1, 20 | ForEach-Object { [pscustomobject]@{ A = $_; B = 'x'; C = $null; D = 1; Long = 'yes'; F = @(1, 2) } }");
        Assert.Equal(["A  B C D Long F", "-  - - - ---- -", "1  x   1 yes  1, 2", "20 x   1 yes  1, 2"], run.Lines);
    }
}
