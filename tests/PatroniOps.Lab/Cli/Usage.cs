using PatroniOps.Lab.Scenarios;

namespace PatroniOps.Lab.Cli;

internal static class Usage
{
    public static string Text() => $"""
        patroniops-lab: a real Patroni cluster on loopback, to break and to heal.

          patroniops-lab start             start from nothing, return when healthy, leave it running
          patroniops-lab status            members, their state, and where they are
          patroniops-lab break SCENARIO    break it in a known way
          patroniops-lab member VERB NAME  start, stop or status (0 or 3) of one member's Patroni
          patroniops-lab stop              stop it; data and logs stay
          patroniops-lab clean             stop it and remove its directory
          patroniops-lab fleet             no real cluster: many that answer like recorded ones, until standard input ends
          patroniops-lab proxy http|postgres PORT FAULT
                                           stands before an endpoint with a fault, and prints its port, until standard input ends;
                                           each line there is the fault from then on

        Options:
          --directory DIR                  where the lab lives (default: one of this user and scope in the temporary directory)
          --scope NAME                     cluster name (demo)
        Options of start:
          --members N                      number of members (3)
          --archive KIND                   none, directory or pgbackrest (none)
          --ttl SECONDS                    Patroni's ttl (20)
          --loop-wait SECONDS              Patroni's loop_wait (2)
          --patroni-command COMMAND        the Patroni to run (patroni)
          --postgres-bin DIR               the PostgreSQL to run (the newest installed)
        Options of fleet:
          --clusters N                     number of clusters (500)

        Scenarios:
        {Scenarios()}

        Addresses and passwords are in lab.json in the lab's directory.
        Exit codes: 0 done, 1 failed, 2 command line not understood, 130 interrupted.
        """;

    private static string Scenarios() =>
        string.Join('\n', ScenarioCatalogue.All.Select(scenario => $"  {scenario.Name,-31}  {scenario.Description}"));
}
