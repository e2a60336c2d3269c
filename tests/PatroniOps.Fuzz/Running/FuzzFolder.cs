using System.IO.MemoryMappedFiles;
using System.Reflection;
using System.Text.Json;

namespace PatroniOps.Fuzz.Running;

/// <summary>Where failing inputs and results are kept: artifacts/fuzz of the repository.</summary>
internal static class FuzzFolder
{
    // The longest input that is kept for the case that the process dies of it.
    private const int MostKept = 4 << 20;

    public static string Path { get; } = System.IO.Path.Combine(
        typeof(FuzzFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!, "artifacts", "fuzz");

    /// <summary>Keeps the input in a file.</summary>
    /// <returns>The file.</returns>
    public static string Save(FuzzFailure failure)
    {
        var file = At($"{failure.Target}-{failure.Index}.bin");
        File.WriteAllBytes(file, failure.Input);
        return file;
    }

    public static void Save(FuzzResult result) => File.WriteAllBytes(At($"{result.Target}.json"), JsonSerializer.SerializeToUtf8Bytes(result));

    /// <summary>A target's result; null when its process did not get to the end.</summary>
    public static FuzzResult? Result(string target) => File.Exists(At($"{target}.json")) ? JsonSerializer.Deserialize<FuzzResult>(File.ReadAllBytes(At($"{target}.json"))) : null;

    /// <summary>What an earlier run has left of a target's result.</summary>
    public static void Forget(string target) => File.Delete(At($"{target}.json"));

    /// <summary>A place in which an input outlives the process that dies of it.</summary>
    public static MemoryMappedViewAccessor Current(string target)
    {
        using var map = MemoryMappedFile.CreateFromFile(CurrentPath(target), FileMode.Create, null, MostKept + (2 * sizeof(long)));
        return map.CreateViewAccessor();
    }

    public static void Keep(MemoryMappedViewAccessor place, long index, byte[] input)
    {
        var length = Math.Min(input.Length, MostKept);
        place.Write(0, index);
        place.Write(sizeof(long), (long)length);
        place.WriteArray(2 * sizeof(long), input, 0, length);
    }

    /// <summary>The input that a process died of.</summary>
    public static FuzzFailure Last(string target)
    {
        var bytes = File.ReadAllBytes(CurrentPath(target));
        var length = (int)BitConverter.ToInt64(bytes, sizeof(long));
        return new FuzzFailure(target, BitConverter.ToInt64(bytes), bytes[(2 * sizeof(long))..][..length], "the process died");
    }

    public static void ForgetCurrent(string target) => File.Delete(CurrentPath(target));

    private static string CurrentPath(string target) => At($"{target}.current");

    private static string At(string name)
    {
        Directory.CreateDirectory(Path);
        return System.IO.Path.Combine(Path, name);
    }
}
