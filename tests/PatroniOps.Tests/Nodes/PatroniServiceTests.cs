using PatroniOps.Nodes;

namespace PatroniOps.Tests.Nodes;

public sealed class PatroniServiceTests
{
    [Theory]
    [InlineData("patroni                          RUNNING   pid 4711, uptime 0:00:05\n", true)]
    [InlineData("db:patroni                       STARTING  \n", true)]
    [InlineData("patroni                          STOPPED   Nov 23 03:09 AM\n", false)]
    [InlineData("patroni                          EXITED    Nov 23 03:09 AM\n", false)]
    [InlineData("patroni                          FATAL     Exited too quickly (process log may have details)\n", false)]
    [InlineData("patroni                          BACKOFF   Exited too quickly (process log may have details)\n", null)]
    [InlineData("patroni                          STOPPING  \n", null)]
    [InlineData("patroni: ERROR (no such process)\n", null)]
    [InlineData("unix:///run/supervisor.sock no such file\n", null)]
    [InlineData("", null)]
    public void Supervisors_words_for_a_program(string status, bool? expected) => Assert.Equal(expected, PatroniService.IsRunning(status));
}
