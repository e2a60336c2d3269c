using System.Text;
using PatroniOps.Patroni;

namespace PatroniOps.Tests.Patroni;

public sealed class EtcdMembersTests
{
    [Fact]
    public void A_key_that_holds_something_else_hides_no_member()
    {
        var member = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"api_url": "http://a:8008/patroni"}"""));
        var garbage = Convert.ToBase64String(Encoding.UTF8.GetBytes("garbage"));
        var answer = Json.Parse($$"""{"kvs": [{"value": "no base64"}, {"value": "{{garbage}}"}, {}, {"value": 1}, 7, {"value": "{{member}}"}]}""");

        Assert.Equal([new Uri("http://a:8008/")], EtcdMembers.Members(answer));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"kvs": {}}""")]
    public void An_answer_without_keys_has_no_members(string answer) => Assert.Empty(EtcdMembers.Members(Json.Parse(answer)));
}
