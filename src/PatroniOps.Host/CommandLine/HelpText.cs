namespace PatroniOps.Host.CommandLine;

/// <summary>What <c>patroniops --help</c> prints.</summary>
internal static class HelpText
{
    public const string Text = """
        patroniops: the PowerShell engine with the PatroniOps module loaded, for machines without pwsh.

        Usage
          patroniops [options] CMDLET [arguments]        one cmdlet with its arguments
          patroniops [options] -Command 'SCRIPT'         script text; - reads it from standard input
          patroniops [options] -File SCRIPT.ps1 [arguments]
          patroniops [options] -                         the script comes from standard input
          patroniops [options] check WHAT [arguments]    a Nagios plugin
          patroniops [options] resource TYPE OPERATION   an operation of a DSC resource, the instance on standard input

        Options (in any case; --output json and --output=json are accepted too)
          -Output table|list|json|result|csv
                                        how objects are written to standard output; table unless said otherwise
                                        table  the module's own views
                                        list   every property on its own line
                                        json   one JSON document per object, one a line (NDJSON)
                                        result one JSON document for the run: exitCode, correlationId, objects, errors, warnings
                                        csv    RFC 4180, with a header for each type
          -Verbose                      verbose messages, on standard error
          -LogPath FILE                 appends every message as a JSON line: time, level, correlationId, message; - is
                                        standard error. PATRONIOPS_CORRELATION_ID names the runs of one job
          -LockPath FILE, -LockWait SECONDS
                                        one run at a time; another one waits so long (0), and ends with 75
          -RestUser NAME, -RestPasswordFile FILE
          -PostgresUser NAME, -PostgresPasswordFile FILE
                                        make the variables $RestCredential and $PostgresCredential
          -Module PATH                  load this manifest instead of the one beside or above patroniops
          -Help, -Version

        Arguments of a cmdlet or script are passed as strings: -Name value, -Name:value, -Switch, or by position.
        $true, $false, $null, $RestCredential and $PostgresCredential standing alone are those values (quote them for
        the shell). A cmdlet's array parameter takes a,b,c. -Output may also stand behind the cmdlet's arguments.

        Credentials
          From the options above, or from PATRONIOPS_REST_USERNAME with PATRONIOPS_REST_PASSWORD or
          PATRONIOPS_REST_PASSWORD_FILE, and PATRONIOPS_PG_USERNAME with PATRONIOPS_PG_PASSWORD or
          PATRONIOPS_PG_PASSWORD_FILE; for PostgreSQL also from pgpass. They are never asked for and never shown.
          Pass them on: -Credential $RestCredential, -PostgresCredential $PostgresCredential.

        Streams
          Objects and -WhatIf messages go to standard output; errors, warnings, verbose and debug messages and progress
          to standard error. With json and csv only objects go to standard output. Nothing ever prompts: what needs
          confirmation ends with an error that says so.

        Checks
          check cluster | wal | archiving    with -Uri; the logins of the environment are used by themselves
          check cluster -SnapshotPath FILE   judges a recorded state
          check archive PATH, check backup REPOSITORY
          -Warning NAME=RANGE, -Critical NAME=RANGE (-w, -c; several, separated by commas), -Timeout SECONDS (-t, 60);
          other arguments go to the cmdlet behind it (Test-PatroniCluster, Test-WalAvailability, Get-WalArchiveStatus,
          Test-WalArchive, Test-PatroniBackup). One line with performance data, and 0, 1, 2 or 3: what could not be
          read, or not in time, is 3.

        Exit codes
          0    no error was reported
          1    an error was reported
          2    wrong option, missing script file or module, or a syntax error: nothing ran
          75   another run holds the lock: nothing ran
          N    the script said: exit N; a check ends with Nagios' codes, a resource with those of its manifest
          130  Ctrl+C; 143 SIGTERM; 141 the reader of standard output went away

        This is the engine without PowerShell's utility modules: there is no Select-Object, ConvertTo-Json or
        Format-Table. -Output renders; Where-Object, ForEach-Object and the language do the rest. Other modules are
        loaded only by Import-Module.

        Help
          patroniops Get-Help Test-WalAvailability -Full; also about_PatroniOps, about_PatroniOps_Incidents (what each
          finding means and how to repair it) and about_PatroniOps_Security. In Chinese where LANG begins with zh_CN.

        Examples
          patroniops Get-PatroniCluster -Uri http://10.0.0.1:8008
          patroniops -Output json Test-WalAvailability -Uri http://10.0.0.1:8008
          patroniops -Command 'Get-PatroniMember -Uri http://10.0.0.1:8008 | Where-Object LagBytes -gt 1mb' -Output csv
          patroniops check wal -Uri http://10.0.0.1:8008 -Warning 'lag=~:16777216' -Critical 'lag=~:1073741824'
          patroniops -File check.ps1 -Uri http://10.0.0.1:8008
        """;
}
