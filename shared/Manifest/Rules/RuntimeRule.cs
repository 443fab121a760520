using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>runtime</c> is the one this platform has.</summary>
internal static class RuntimeRule
{
    private const string Only = "wasm-component@2";

    public static string Read(Section root)
    {
        if (root.RequiredText("runtime", maxLength: 64) is { } runtime && runtime != Only) root.Fault("runtime", $"must be {Only}");
        return Only;
    }
}
