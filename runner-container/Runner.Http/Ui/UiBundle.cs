using System.Collections.Frozen;

namespace Alga.Extensions.Runner.Http;

/// <summary>A user interface in memory, ready to be sent.</summary>
/// <param name="Extension">Name of the extension.</param>
/// <param name="Version">Its version.</param>
/// <param name="Entry">Path of the page to open.</param>
/// <param name="Assets">By path, as in the bundle: <c>ui/index.html</c>.</param>
public sealed record UiBundle(string Extension, string Version, string Entry, FrozenDictionary<string, UiAsset> Assets)
{
    /// <summary>Bytes that it holds in memory, about.</summary>
    public long Bytes { get; } = Assets.Sum(pair => pair.Value.Bytes + pair.Key.Length) + 1_024;
}
