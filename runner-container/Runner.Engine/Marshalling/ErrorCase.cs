using System.Globalization;
using System.Text.Json;

namespace Alga.Extensions.Runner.Engine;

/// <summary>A case of an interface's <c>error</c> variant.</summary>
internal sealed class ErrorCase
{
    private ErrorCase(string text)
    {
        Text = text;
        Name = NativeName.Lasting(text);
    }

    /// <summary>Its name in the WIT.</summary>
    public string Text { get; }

    /// <summary>The same for Wasmtime.</summary>
    public NativeName Name { get; }

    /// <summary>The case of a kind: both have the same names and order.</summary>
    public static ErrorCase Of<TKind>(TKind kind)
        where TKind : struct, Enum => Cases<TKind>.All[Convert.ToInt32(kind, CultureInfo.InvariantCulture)];

    private static class Cases<TKind>
        where TKind : struct, Enum
    {
        public static readonly ErrorCase[] All = [.. Enum.GetNames<TKind>().Select(name => new ErrorCase(JsonNamingPolicy.KebabCaseLower.ConvertName(name)))];
    }
}
