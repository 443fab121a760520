using CsCheck;

namespace Alga.Extensions.Contracts.Tests;

public class NameTests
{
    private static readonly Gen<string> Label =
        Gen.Select(Gen.Char.AlphaNumeric, Gen.Char["abcxyz0189"].Array[0, 10], (_, rest) => "a" + new string(rest));

    [Fact]
    public void Dotted_lower_case_labels_are_an_extension_name() => Label.Array[2, 8].Sample(labels =>
        Assert.True(ExtensionName.IsValid(string.Join('.', labels))));

    [Theory]
    [InlineData("com.acme.reports", true)]
    [InlineData("com.acme.my-reports", true)]
    [InlineData("acme", false)]
    [InlineData("Com.acme", false)]
    [InlineData("com..acme", false)]
    [InlineData("com.acme.", false)]
    [InlineData(".com.acme", false)]
    [InlineData("com.-acme", false)]
    [InlineData("com.acme-", false)]
    [InlineData("com.1acme", false)]
    [InlineData("com.acme\n", false)]
    [InlineData("com/acme", false)]
    [InlineData("com.acmé", false)]
    [InlineData("a.b.c.d.e.f.g.h.i", false)]
    [InlineData("01936b2e-0000-7000-8000-000000000001", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_extension_name_has_one_form(string? name, bool valid) => Assert.Equal(valid, ExtensionName.IsValid(name));

    [Fact]
    public void An_extension_name_has_128_characters_at_most()
    {
        var label = "a" + new string('b', 62);
        Assert.True(ExtensionName.IsValid($"{label}.{label}"));
        Assert.True(ExtensionName.IsValid($"{label[1..].Replace('b', 'c')}.{label}.c"));
        Assert.False(ExtensionName.IsValid($"{label}.{label}.cc"));
    }

    [Theory]
    [InlineData("alga-samples", true)]
    [InlineData("com.acme", true)]
    [InlineData("a1", true)]
    [InlineData("a", false)]
    [InlineData("1a", false)]
    [InlineData("a--b", false)]
    [InlineData("a-", false)]
    [InlineData("A-b", false)]
    [InlineData("a b", false)]
    [InlineData("ab\n", false)]
    [InlineData(null, false)]
    public void A_publisher_name_has_one_form(string? name, bool valid) => Assert.Equal(valid, PublisherName.IsValid(name));

    [Fact]
    public void A_publisher_name_has_64_characters_at_most()
    {
        Assert.True(PublisherName.IsValid(new string('a', 64)));
        Assert.False(PublisherName.IsValid(new string('a', 65)));
    }

    [Fact]
    public void No_text_is_both_a_uuid_and_an_extension_name() => Gen.Guid.Sample(id => Assert.False(ExtensionName.IsValid(id.ToString())));
}
