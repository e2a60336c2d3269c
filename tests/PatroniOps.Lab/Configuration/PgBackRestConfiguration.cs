namespace PatroniOps.Lab.Configuration;

/// <summary>The pgbackrest.conf of one member; all members share the repository.</summary>
internal static class PgBackRestConfiguration
{
    public static string Text(LabPlan plan, LabConnectionMember member)
    {
        var home = plan.Paths.MemberHome(member.Name);
        return $"""
            [global]
            repo1-path={plan.Paths.Archive}
            repo1-retention-full=2{Cipher(plan.Options.PgBackRestPassphrase)}
            log-path={plan.Paths.MemberLogs(member.Name)}
            log-level-console=warn
            log-level-file=detail
            lock-path={home}/pgbackrest-lock
            spool-path={home}/pgbackrest-spool
            compress-type={plan.Options.PgBackRestCompression}
            process-max=1
            start-fast=y
            [{plan.Options.Scope}]
            pg1-path={member.DataDirectory}
            pg1-port={member.Port}
            pg1-socket-path={plan.Paths.Sockets}
            pg1-user={plan.Connection.Credentials.Superuser.Username}

            """;
    }

    private static string Cipher(string? passphrase) => passphrase is null ? "" : $"\nrepo1-cipher-type=aes-256-cbc\nrepo1-cipher-pass={passphrase}";
}
