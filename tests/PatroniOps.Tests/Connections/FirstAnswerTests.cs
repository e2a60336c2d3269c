using PatroniOps.Connections;
using PatroniOps.Patroni;

namespace PatroniOps.Tests.Connections;

public sealed class FirstAnswerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(30)]
    public async Task The_last_of_many_addresses_is_asked_too(int count)
    {
        var addresses = Addresses(count);
        var (answer, failures) = await FirstAnswer.OfAsync(addresses, (address, _) => address == addresses[^1] ? Task.FromResult(address.ToString()) : throw Refusal(address), CancellationToken.None);

        Assert.Equal(addresses[^1].ToString(), answer);
        Assert.Equal(addresses.SkipLast(1).Select(a => a.ToString()), failures.Select(f => f.Message));
    }

    [Fact]
    public async Task One_that_hangs_is_not_waited_for()
    {
        var addresses = Addresses(3);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var (answer, _) = await FirstAnswer.OfAsync(addresses, async (address, token) =>
        {
            if (address != addresses[2])
                await Task.Delay(Timeout.Infinite, token);
            return address.ToString();
        }, limit.Token);

        Assert.Equal(addresses[2].ToString(), answer);
    }

    [Fact]
    public async Task Where_nobody_answers_each_has_said_why()
    {
        var (answer, failures) = await FirstAnswer.OfAsync<string>(Addresses(13), (address, _) => throw Refusal(address), CancellationToken.None);

        Assert.Null(answer);
        Assert.Equal(13, failures.Count);
    }

    private static List<Uri> Addresses(int count) => [.. Enumerable.Range(1, count).Select(number => new Uri($"http://db{number}:8008/"))];

    private static PatroniOpsException Refusal(Uri address) => new(FailureKind.Unreachable, address.ToString());
}
