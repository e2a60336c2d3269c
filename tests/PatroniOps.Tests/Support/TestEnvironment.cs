using System.Reflection;
using System.Runtime.CompilerServices;

namespace PatroniOps.Tests.Support;

/// <summary>Where the tests find what was built, and a state folder that is theirs alone.</summary>
internal static class TestEnvironment
{
    public static string StateFolder { get; } = Directory.CreateTempSubdirectory("patroniops-tests-").FullName;

    public static string RepositoryRoot => Metadata("RepositoryRoot");

    public static string Metadata(string key) =>
        typeof(TestEnvironment).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == key).Value!;

#pragma warning disable CA2255 // A test assembly is its own application: the engine reads the variable once, when it loads.
    [ModuleInitializer]
    internal static void Prepare()
    {
        Environment.SetEnvironmentVariable("PATRONIOPS_STATE", StateFolder);
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("PGUSER", null);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => TemporaryFolder.Delete(StateFolder);
    }
#pragma warning restore CA2255
}
