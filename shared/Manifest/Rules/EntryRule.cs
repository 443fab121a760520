using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>entry</c> is where the bundle has its component.</summary>
internal static class EntryRule
{
    private const string Only = "dist/main.wasm";

    public static string Read(Section root)
    {
        if (root.RequiredText("entry", maxLength: 255) is { } entry && entry != Only) root.Fault("entry", $"must be {Only}");
        return Only;
    }
}
