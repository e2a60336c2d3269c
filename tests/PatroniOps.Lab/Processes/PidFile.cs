using System.Globalization;

namespace PatroniOps.Lab.Processes;

/// <summary>Remembers a started process beyond the life of the program that started it: "pid ticks".</summary>
internal sealed record PidFile(string Path)
{
    public LabProcess? Read()
    {
        if (!File.Exists(Path))
            return null;
        var words = File.ReadAllText(Path).Split(' ', StringSplitOptions.TrimEntries);
        if (words.Length != 2 || !int.TryParse(words[0], out var pid) || !ulong.TryParse(words[1], out var ticks))
            return null;
        var process = new LabProcess(pid, ticks);
        return process.IsAlive ? process : null;
    }

    public void Write(LabProcess process) =>
        File.WriteAllText(Path, string.Create(CultureInfo.InvariantCulture, $"{process.Pid} {process.StartTicks}"));

    public void Delete() => File.Delete(Path);
}
