using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Alga.Extensions.Registry.Quotas;

/// <summary>Entity tags of small documents, from what is in them: the same contents have the same tag.</summary>
internal static class ContentTag
{
    /// <summary>A strong entity tag with its quotation marks.</summary>
    public static string Of<T>(T value, JsonTypeInfo<T> type) =>
        $"\"{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(value, type)).AsSpan(0, 16))}\"";
}
