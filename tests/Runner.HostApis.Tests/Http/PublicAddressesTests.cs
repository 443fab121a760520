using System.Net;
using CsCheck;
using Microsoft.Security.AntiSSRF;

namespace Alga.Extensions.Runner.HostApis.Tests;

public class PublicAddressesTests
{
    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("93.184.216.34")]
    [InlineData("::ffff:93.184.216.34")]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946")]
    [InlineData("2a00:1450:4001::1")]
    public void A_public_address_may_be_reached(string address) => Assert.True(PublicAddresses.Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.1")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.0.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b::1.1.1.1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:0101:0101::1")]
    [InlineData("2606:4700::5efe:10.0.0.1")]
    [InlineData("2606:4700::200:5efe:10.0.0.1")]
    [InlineData("3fff::1")]
    [InlineData("4000::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void An_address_that_is_not_public_may_not(string address) => Assert.False(PublicAddresses.Contains(IPAddress.Parse(address)));

    [Fact]
    public void Whatever_a_block_that_is_not_public_holds_is_refused_in_each_clothing() =>
        Gen.Select(Gen.Int[0, IPAddressRanges.recommendedLatest.Length - 1].Select(i => IPAddressRanges.recommendedLatest[i]), Gen.Byte.Array[16]).Sample((text, random) =>
        {
            var address = In(IPNetwork.Parse(text), random);
            return !PublicAddresses.Contains(address) && (address.GetAddressBytes().Length == 16 || !PublicAddresses.Contains(address.MapToIPv6()));
        }, iter: 10_000);

    private static IPAddress In(IPNetwork block, byte[] random)
    {
        var bytes = block.BaseAddress.GetAddressBytes();
        for (var bit = block.PrefixLength; bit < bytes.Length * 8; bit++) bytes[bit / 8] |= (byte)(random[bit / 8] & (0x80 >> (bit % 8)));
        return new IPAddress(bytes);
    }
}
