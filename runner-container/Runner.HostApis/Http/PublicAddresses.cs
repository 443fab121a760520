using System.Net;
using System.Net.Sockets;
using Microsoft.Security.AntiSSRF;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>
/// Which addresses are on the public internet. The blocks that are not are Microsoft's list, which follows the IANA
/// special-purpose address registries (RFC 6890) and adds Azure's own 168.63.129.16. Beyond it: an IPv4 address in the
/// clothes of IPv6 is judged as what it is, and of IPv6 only the global unicast block 2000::/3 (RFC 4291) counts at all.
/// </summary>
internal static class PublicAddresses
{
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] SpecialV4 = Blocks(AddressFamily.InterNetwork);
    private static readonly IPNetwork[] SpecialV6 = Blocks(AddressFamily.InterNetworkV6);

    public static bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork) return !IsIn(SpecialV4, address);
        return address.AddressFamily == AddressFamily.InterNetworkV6
            && address.ScopeId == 0
            && GlobalUnicast.Contains(address)
            && !IsIn(SpecialV6, address)
            && !IsIsatap(address);
    }

    /// <summary>ISATAP (RFC 5214): an interface id of ::0:5efe or ::200:5efe and an IPv4 address, to which a router would tunnel.</summary>
    private static bool IsIsatap(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        return bytes[8] is 0 or 2 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe;
    }

    private static bool IsIn(IPNetwork[] blocks, IPAddress address)
    {
        foreach (var block in blocks)
        {
            if (block.Contains(address)) return true;
        }

        return false;
    }

    private static IPNetwork[] Blocks(AddressFamily family) =>
        [.. IPAddressRanges.recommendedLatest.Select(text => IPNetwork.Parse(text)).Where(block => block.BaseAddress.AddressFamily == family)];
}
