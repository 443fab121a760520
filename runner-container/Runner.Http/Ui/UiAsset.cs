using Microsoft.Net.Http.Headers;

namespace Alga.Extensions.Runner.Http;

/// <summary>A file of a user interface as it is sent: as it is, and smaller where that helps.</summary>
/// <param name="MediaType">Its <c>Content-Type</c>.</param>
/// <param name="Sha256">SHA-256 of the file, 64 lower-case hex digits.</param>
/// <param name="Plain">As it is.</param>
/// <param name="Brotli">In Brotli (RFC 7932), or null.</param>
/// <param name="Gzip">In gzip (RFC 1952), or null.</param>
public sealed record UiAsset(string MediaType, string Sha256, UiVariant Plain, UiVariant? Brotli, UiVariant? Gzip)
{
    /// <summary>Bytes of all variants.</summary>
    public long Bytes => Plain.Content.Length + (Brotli?.Content.Length ?? 0) + (Gzip?.Content.Length ?? 0);
}

/// <summary>One form of a file.</summary>
/// <param name="Encoding">Its <c>Content-Encoding</c>; null for none.</param>
/// <param name="Content">What is sent.</param>
/// <param name="ETag">A strong tag, its own for each form (RFC 9110, 8.8.3.3).</param>
public sealed record UiVariant(string? Encoding, ReadOnlyMemory<byte> Content, EntityTagHeaderValue ETag);
