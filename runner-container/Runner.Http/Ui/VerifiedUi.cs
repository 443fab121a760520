namespace Alga.Extensions.Runner.Http;

/// <summary>The user interface of a bundle whose signature and contents were verified.</summary>
/// <param name="Extension">Name of the extension, as signed.</param>
/// <param name="Version">Its version, as signed.</param>
/// <param name="Entry">Path of the page to open, below <c>ui/</c>.</param>
/// <param name="Files">Everything below <c>ui/</c>.</param>
public sealed record VerifiedUi(string Extension, string Version, string Entry, IReadOnlyList<UiFile> Files);

/// <summary>One file of a user interface.</summary>
/// <param name="Path">Its name in the bundle.</param>
/// <param name="MediaType">From its extension.</param>
/// <param name="Sha256">SHA-256 of its content, 64 lower-case hex digits.</param>
/// <param name="Content">Its bytes.</param>
public sealed record UiFile(string Path, string MediaType, string Sha256, ReadOnlyMemory<byte> Content);
