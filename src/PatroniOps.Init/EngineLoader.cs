using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace PatroniOps.Init;

/// <summary>
/// Runs when the module is imported, before the cmdlets load: answers the runtime's question for the engine assembly from the module's
/// own <see cref="EngineLoadContext"/>, so that the engine, Npgsql and the rest never meet another module's versions of them.
/// </summary>
public sealed class EngineLoader : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    private static readonly EngineLoadContext Context = new(
        Path.Combine(Path.GetDirectoryName(typeof(EngineLoader).Assembly.Location)!, "deps"));

    /// <inheritdoc/>
    public void OnImport() => AssemblyLoadContext.Default.Resolving += Resolve;

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo) => AssemblyLoadContext.Default.Resolving -= Resolve;

    // Only the engine crosses over; its dependencies are found by its own context.
    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == "PatroniOps.Engine" ? Context.LoadFromAssemblyName(name) : null;
}
