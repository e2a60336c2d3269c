using System.Runtime.CompilerServices;

namespace PatroniOps.Fuzz;

/// <summary>A parser has understood something that cannot be.</summary>
public sealed class FuzzException(string message) : Exception(message)
{
    /// <exception cref="FuzzException">It is not so.</exception>
    public static void Require(bool isSo, string message)
    {
        if (!isSo)
            throw new FuzzException(message);
    }

    /// <inheritdoc cref="Require(bool, string)"/>
    public static void Require(bool isSo, [InterpolatedStringHandlerArgument(nameof(isSo))] Text message)
    {
        if (!isSo)
            throw new FuzzException(message.ToString());
    }

    /// <summary>A text that is only made when it is needed.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Text
    {
        private readonly System.Text.StringBuilder? builder;

        public Text(int literalLength, int formattedCount, bool isSo, out bool isNeeded)
        {
            isNeeded = !isSo;
            builder = isSo ? null : new(literalLength + (8 * formattedCount));
        }

        public void AppendLiteral(string value) => builder!.Append(value);

        public void AppendFormatted<T>(T value) => builder!.Append(value);

        public override string ToString() => $"{builder}";
    }
}
