using CsCheck;
using PatroniOps.Patroni;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Patroni;

public sealed class RedactionTests
{
    private const string Secret = "s3cr3tV4lue";

    // A secret of letters, digits and signs; within quotes anything but the quote itself and a backslash.
    private static readonly Gen<string> Bare = Gen.Char["ABCDEFGHJKLMNPQRSTUVWXYZ23456789!$%^*()_+-.#~?"].Array[10, 20].Select(c => new string(c));
    private static readonly Gen<string> Quoted = Gen.Char["ABCDEFGHJKLMNPQRSTUVWXYZ23456789!$%^*()_+ ,;&=:@/"].Array[10, 20].Select(c => new string(c));

    [Theory]
    [InlineData("user=r password=s3cr3tV4lue host=h")]
    [InlineData("user=r password = s3cr3tV4lue host=h")]
    [InlineData("user=r password='s3cr3tV4lue with space' host=h")]
    [InlineData(@"user=r password='it\'s s3cr3tV4lue' host=h")]
    [InlineData("PASSWORD=\"s3cr3tV4lue\"")]
    [InlineData("PGPASSWORD=s3cr3tV4lue pg_basebackup -h h")]
    [InlineData("sslpassword=s3cr3tV4lue")]
    [InlineData("postgres://user:s3cr3tV4lue@host:5432/db")]
    [InlineData("postgresql://user:s3cr3t:V4lue:s3cr3tV4lue@host/db")]
    [InlineData("https://:s3cr3tV4lue@host/")]
    [InlineData("AWS_SECRET_ACCESS_KEY=s3cr3tV4lue wal-g wal-fetch %f %p")]
    [InlineData("envdir x; TOKEN=s3cr3tV4lue; cp %p y")]
    [InlineData("--repo1-cipher-pass=s3cr3tV4lue archive-get")]
    [InlineData("passwd: s3cr3tV4lue")]
    public void A_secret_in_a_text_is_masked(string text)
    {
        Assert.DoesNotContain(Secret, Redaction.Text(text), StringComparison.Ordinal);
        Assert.Contains("***", Redaction.Text(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cp /archive/%f %p")]
    [InlineData("http://127.0.0.1:8008/patroni")]
    [InlineData("user=replicator host=127.0.0.1 port=5432 application_name=bar_psqldb03 passfile=/home/p/.pgpass")]
    public void What_is_no_secret_stays(string text) => Assert.Equal(text, Redaction.Text(text));

    [Fact]
    public void The_rest_of_the_text_stays() => Assert.Equal("user=r password=*** host=h", Redaction.Text("user=r password='a b' host=h"));

    [Theory]
    [InlineData("""{"password": "s3cr3tV4lue"}""")]
    [InlineData("""{"a": {"b": [{"Rest_Password": "s3cr3tV4lue"}]}}""")]
    [InlineData("""{"private_key": "s3cr3tV4lue", "x": 1}""")]
    [InlineData("""{"restore_command": "PGPASSWORD=s3cr3tV4lue cp"}""")]
    [InlineData("""["postgres://u:s3cr3tV4lue@h"]""")]
    [InlineData("""{"passwords": ["s3cr3tV4lue"]}""")]
    [InlineData("""{"secret": {"value": "s3cr3tV4lue"}}""")]
    [InlineData("""{"pwd": "s3cr3tV4lue"}""")]
    [InlineData("""{"authentication": {"superuser": {"username": "postgres", "password": "s3cr3tV4lue"}}}""")]
    public void A_secret_in_a_document_is_masked(string json) =>
        Assert.DoesNotContain(Secret, Redaction.Document(JsonText.Parse(json)).GetRawText(), StringComparison.Ordinal);

    [Fact]
    public void Numbers_flags_and_nulls_stay()
    {
        const string json = """{"ttl":30,"pause":true,"standby_cluster":null,"x":[1.5,"a"]}""";

        Assert.Equal(json, Redaction.Document(JsonText.Parse(json)).GetRawText());
    }

    [Fact]
    public void Nothing_of_a_bare_secret_survives() => Gen.Select(Bare, Gen.OneOf("password=", "PGPASSWORD=", "password = ", "secret: ", "token=")).Sample((secret, key) =>
        !Redaction.Text($"host=h {key}{secret} port=1").Contains(secret[^6..], StringComparison.Ordinal));

    [Fact]
    public void Nothing_of_a_quoted_secret_survives() => Gen.Select(Quoted, Gen.OneOf("'", "\"")).Sample((secret, quote) =>
        !Redaction.Text($"host=h password={quote}{secret}{quote} port=1").Contains(secret[^6..], StringComparison.Ordinal));

    [Fact]
    public void Nothing_of_a_secret_in_a_URI_survives() => Bare.Sample(secret =>
        !Redaction.Text($"postgres://user:{Uri.EscapeDataString(secret)}@h:5432/db").Contains(Uri.EscapeDataString(secret)[^6..], StringComparison.Ordinal));

    [Fact]
    public void Nothing_under_a_secret_key_of_a_document_survives() => Quoted.Sample(secret =>
        !Redaction.Document(JsonText.Parse($$$"""{"postgresql": {"authentication": {"password": {{{System.Text.Json.JsonSerializer.Serialize(secret)}}} } } }""")).ToString().Contains(secret[^6..], StringComparison.Ordinal));

    [Fact]
    public void No_JSON_makes_it_throw() => HostileJson.Value.Sample(json => { Redaction.Document(JsonText.Parse(json)); });
}
