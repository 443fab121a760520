namespace Alga.Extensions.Manifest;

/// <summary>One broken rule.</summary>
/// <param name="Path">Where, such as <c>api.endpoints[0].path</c>; <c>manifest.json</c> for the whole.</param>
/// <param name="Problem">What is wrong and what to write instead.</param>
public sealed record ManifestFault(string Path, string Problem)
{
    public override string ToString() => $"{Path}: {Problem}";
}
