namespace Alga.Extensions.AlgaExt.Dev;

/// <summary>Where a local platform listens.</summary>
/// <param name="Gateway">URL of the gateway.</param>
/// <param name="Control">URL of its control endpoints.</param>
/// <param name="Page">URL of the demo host.</param>
/// <param name="TokenFile">File with the access token of a demo user, kept fresh.</param>
internal sealed record DevHostAddress(string Gateway, string Control, string Page, string TokenFile);
