using PatroniOps.Patroni;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Patroni;

public sealed class PatroniConfigFileTests
{
    [Fact]
    public void A_nodes_patroni_yml_tells_address_scope_and_etcd()
    {
        var file = PatroniConfigFile.Read(EvidenceFile.PathOf("3.0.2/patroni-04.yml"));

        Assert.Equal("demo", file.Scope);
        Assert.Equal("/service/", file.Namespace);
        Assert.Equal(new Uri("http://127.0.0.1:18004/"), file.RestAddress);
        Assert.Equal([new Uri("http://127.0.0.1:23790/")], file.EtcdHosts);
        Assert.Null(file.RestCredential);
        Assert.Null(file.OtherDcs);
        Assert.False(file.IsInsecure);
    }

    [Theory]
    [InlineData("etcd3:\n  hosts:\n    - e1:2379\n    - e2:2380", "http://e1:2379/ http://e2:2380/")]
    [InlineData("etcd3:\n  hosts: e1:2379, e2", "http://e1:2379/ http://e2:2379/")]
    [InlineData("etcd3:\n  host: e1", "http://e1:2379/")]
    [InlineData("etcd:\n  host: e1:4001", "http://e1:4001/")]
    [InlineData("etcd3:\n  url: https://e1:2379", "https://e1:2379/")]
    [InlineData("etcd3:\n  protocol: https\n  hosts: [e1, e2:99]", "https://e1:2379/ https://e2:99/")]
    [InlineData("etcd3: {}", "")]
    [InlineData("etcd3:\n  hosts: [\"\\u202e:2379\", e2]", "http://e2:2379/")]
    [InlineData("etcd3:\n  hosts: ''", "")]
    public void Etcds_hosts_are_written_in_many_ways(string yaml, string expected) => Assert.Equal(expected, string.Join(' ', Parse("scope: x\n" + yaml).EtcdHosts));

    [Fact]
    public void Etcd_over_https_with_a_login() => Assert.Equal("root", Parse("etcd3:\n  host: e\n  username: root\n  password: p").EtcdCredential?.UserName);

    [Fact]
    public void A_certificate_makes_the_address_https_and_connect_address_wins_over_listen()
    {
        Assert.Equal("https://h:8008/", Parse("restapi:\n  listen: 0.0.0.0:8008\n  connect_address: h:8008\n  certfile: /c.pem").RestAddress?.ToString());
        Assert.Equal("http://h:8009/", Parse("restapi:\n  listen: h:8009").RestAddress?.ToString());
    }

    [Fact]
    public void The_ctl_section_tells_of_TLS_and_login()
    {
        var file = Parse("scope: x\nctl:\n  insecure: true\n  cacert: /ca.pem\n  certfile: /c.pem\n  keyfile: /k.pem\n  authentication:\n    username: u\n    password: p\nrestapi:\n  authentication: {username: other, password: p}");

        Assert.True(file.IsInsecure);
        Assert.Equal(("/ca.pem", "/c.pem", "/k.pem"), (file.CertificateAuthorityPath, file.ClientCertificatePath, file.ClientKeyPath));
        Assert.Equal("u", file.RestCredential?.UserName);
    }

    [Theory]
    [InlineData("insecure: true", true)]
    [InlineData("insecure: True", true)]
    [InlineData("insecure: false", false)]
    [InlineData("cacert: /x", false)]
    public void Insecure_is_only_what_says_so(string ctl, bool expected) => Assert.Equal(expected, Parse($"ctl:\n  {ctl}").IsInsecure);

    [Theory]
    [InlineData("consul")]
    [InlineData("zookeeper")]
    [InlineData("kubernetes")]
    public void Another_store_is_named(string dcs)
    {
        Assert.Equal(dcs, Parse($"scope: x\n{dcs}:\n  host: h").OtherDcs);
        Assert.Empty(Parse($"scope: x\n{dcs}:\n  host: h").EtcdHosts);
    }

    [Theory]
    [InlineData("a: [1, 2")]
    [InlineData("a: 'open")]
    [InlineData("a: b: c")]
    [InlineData("")]
    [InlineData("- a\n- b")]
    [InlineData("just text")]
    public void What_is_no_such_file_is_an_error_that_names_it(string yaml)
    {
        var failure = Assert.Throws<PatroniOpsException>(() => Parse(yaml));

        Assert.Equal(FailureKind.NotConfigured, failure.Kind);
        Assert.Contains("the-file.yml", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Duplicate_keys_are_an_error_and_not_an_exception_of_the_parser() => Assert.Throws<PatroniOpsException>(() => Parse("scope: x\nscope: y"));

    [Fact]
    public void A_file_that_is_not_there_is_an_error_that_names_it() =>
        Assert.Contains("nowhere.yml", Assert.Throws<PatroniOpsException>(() => PatroniConfigFile.Read("/nonexistent/nowhere.yml")).Message, StringComparison.Ordinal);

    private static PatroniConfigFile Parse(string yaml) => PatroniConfigFile.Parse(new StringReader(yaml), "the-file.yml");
}
