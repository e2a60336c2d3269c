using System.Globalization;
using PatroniOps.Lab.Faults;

namespace PatroniOps.Lab.Cli;

/// <summary>Stands before an endpoint on 127.0.0.1 until standard input ends: prints its own port, and takes the name of another fault on each line.</summary>
internal static class ProxyCommand
{
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Words is not [_, "http" or "postgres", var port, var fault] || !int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw new UsageException("proxy needs http or postgres, the endpoint's port, and a fault.");
        var known = arguments.Words[1] == "http" ? FaultCatalogue.Http : FaultCatalogue.Postgres;
        await using var proxy = FaultProxy.Before(number);
        proxy.Fault = Named(known, fault);
        Console.WriteLine(proxy.Port);
        // The console's own reader blocks and cannot be cancelled.
        while (await Task.Run(Console.In.ReadLine, cancellationToken).WaitAsync(cancellationToken) is { } next)
            proxy.Fault = Named(known, next);
        return 0;
    }

    private static Fault Named(IReadOnlyDictionary<string, Fault> known, string name) =>
        name == LineFault.None.Name ? LineFault.None : known.GetValueOrDefault(name) ?? throw new UsageException($"There is no fault {name}; there are none, {string.Join(", ", known.Keys)}.");
}
