namespace Alga.Extensions.Signing;

/// <summary>One block of a PEM file.</summary>
/// <param name="Label">Such as <c>PUBLIC KEY</c>.</param>
/// <param name="Der">Its content.</param>
/// <param name="Line">Number of its first line, from 1.</param>
/// <param name="Text">The lines between the block before and this one, blank lines and comments left out.</param>
internal sealed record PemBlock(string Label, byte[] Der, int Line, IReadOnlyList<string> Text);
