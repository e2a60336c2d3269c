using System.Reflection;
using System.Runtime.Loader;

namespace PatroniOps.Init;

/// <summary>The module's own load context: what lies in <c>module/bin/deps</c> loads here, everything else where it always does.</summary>
internal sealed class EngineLoadContext(string folder) : AssemblyLoadContext("PatroniOps")
{
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var path = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }
}
