namespace Alga.Extensions.Runner.Engine;

/// <summary>A case of an interface's <c>error</c> variant.</summary>
internal sealed class ErrorCase(string text)
{
    /// <summary>Its name in the WIT.</summary>
    public string Text { get; } = text;

    /// <summary>The same for Wasmtime.</summary>
    public NativeName Name { get; } = NativeName.Lasting(text);

    /// <summary>All cases of a variant, in the order of its enum.</summary>
    public static ErrorCase[] All(params ReadOnlySpan<string> texts)
    {
        var cases = new ErrorCase[texts.Length];
        for (var i = 0; i < cases.Length; i++) cases[i] = new ErrorCase(texts[i]);
        return cases;
    }
}
