using System.Globalization;
using System.Text;

namespace Alga.Extensions.Signing;

/// <summary>The pre-authentication encoding of DSSE 1.0: what a signature covers.</summary>
public static class Dsse
{
    /// <summary>Media type of an envelope.</summary>
    public const string MediaType = "application/vnd.dsse+json";

    /// <summary>Encodes a payload and its type so that no two pairs have the same encoding.</summary>
    public static byte[] PreAuthenticationEncoding(string payloadType, ReadOnlySpan<byte> payload)
    {
        var typeLength = Encoding.UTF8.GetByteCount(payloadType);
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {typeLength} {payloadType} {payload.Length} "));
        return [.. head, .. payload];
    }
}
