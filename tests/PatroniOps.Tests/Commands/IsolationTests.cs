using System.Diagnostics;
using PatroniOps.Tests.Support;

namespace PatroniOps.Tests.Commands;

public sealed class IsolationTests
{
    [Fact]
    public async Task Another_Npgsql_in_the_session_is_no_obstacle()
    {
        var script = $"""
            $null = [Reflection.Assembly]::LoadFrom('{TestEnvironment.Metadata("OtherNpgsql")}')
            Import-Module '{Path.Combine(TestEnvironment.RepositoryRoot, "PatroniOps.psd1")}' -Force
            Connect-PatroniCluster http://127.0.0.1:1 -ErrorAction SilentlyContinue -ErrorVariable failure
            "error: $($failure[0].FullyQualifiedErrorId)"
            # What a query would do; where Patroni does not answer no server is asked.
            $null = [Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -eq PatroniOps | ForEach-Object {"{"} $_.LoadFromAssemblyName([Reflection.AssemblyName]::new('Npgsql')) {"}"}
            [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object FullName -like 'Npgsql,*' | ForEach-Object {"{"} "npgsql: $($_.GetName().Version.Major) in $([Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name)" {"}"}
            """;
        var start = new ProcessStartInfo(TestEnvironment.Metadata("Host")) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-Command");
        start.ArgumentList.Add(script);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var text = await process.StandardOutput.ReadToEndAsync() + await errors;

        Assert.Contains("error: Unreachable", text, StringComparison.Ordinal);
        Assert.Contains("npgsql: 9 in Default", text, StringComparison.Ordinal);
        Assert.Contains("npgsql: 10 in PatroniOps", text, StringComparison.Ordinal);
    }
}
