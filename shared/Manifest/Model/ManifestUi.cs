namespace Alga.Extensions.Manifest;

/// <summary>The user interface of an extension, shown in a sandboxed frame.</summary>
/// <param name="Entry">Bundle path of its page, below <c>ui/</c>.</param>
/// <param name="Hooks">Where the host application offers it: the hook's name, such as <c>appMenu</c>, to what is shown there.</param>
public sealed record ManifestUi(string Entry, IReadOnlyDictionary<string, UiHook> Hooks);

/// <summary>An entry in the host application.</summary>
/// <param name="Label">1 to 80 characters.</param>
/// <param name="Icon">Name or bundle path of an icon; null for none.</param>
/// <param name="Path">Path inside the extension's page, starting with a slash; null for its root.</param>
public sealed record UiHook(string Label, string? Icon, string? Path);
