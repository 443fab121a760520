using System.Text;
using CsCheck;

namespace Alga.Extensions.Signing.Tests;

public sealed class DsseTests
{
    [Theory]
    [InlineData("http://example.com/HelloWorld", "hello world", "DSSEv1 29 http://example.com/HelloWorld 11 hello world")]
    [InlineData("", "", "DSSEv1 0  0 ")]
    [InlineData("ü", "é", "DSSEv1 2 ü 2 é")]
    public void The_encoding_is_that_of_the_protocol(string type, string payload, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(Dsse.PreAuthenticationEncoding(type, Encoding.UTF8.GetBytes(payload))));

    [Fact]
    public void Two_different_messages_have_two_encodings()
    {
        var text = Gen.String[Gen.Char["01 a"], 0, 6];
        Gen.Select(text, text, text, text).Sample((type, payload, otherType, otherPayload) =>
            (type == otherType && payload == otherPayload) == Encode(type, payload).SequenceEqual(Encode(otherType, otherPayload)));
    }

    private static byte[] Encode(string type, string payload) => Dsse.PreAuthenticationEncoding(type, Encoding.ASCII.GetBytes(payload));
}
