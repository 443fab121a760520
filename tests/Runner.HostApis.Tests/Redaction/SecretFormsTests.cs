using System.Text;
using CsCheck;

namespace Alga.Extensions.Runner.HostApis.Tests;

public class SecretFormsTests
{
    private static readonly Gen<string> Values = Gen.OneOf(
        Gen.String[Gen.Char['!', '~'], SecretForms.MinLength + 2, 60], Gen.String[Gen.OneOf(Gen.Char['a', 'z'], Gen.Char['à', 'ö'], Gen.Const('"'), Gen.Const(' ')), 6, 30]);

    [Fact]
    public void Base64_of_a_text_that_holds_a_secret_is_recognised_at_every_offset() =>
        Gen.Select(Values, Gen.String[Gen.Char['a', 'z'], 0, 9], Gen.String[Gen.Char['a', 'z'], 0, 9]).Sample((value, before, after) =>
        {
            var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(before + value + after));
            var known = new KnownSecrets();
            known.Add(value);
            return known.Redact(text) != text && known.Redact(text.Replace('+', '-').Replace('/', '_')) != text.Replace('+', '-').Replace('/', '_');
        });

    [Fact]
    public void A_secret_never_survives_as_it_is_percent_encoded_in_hex_or_in_json() =>
        Gen.Select(Values, Gen.String[Gen.Char['A', 'Z'], 0, 9]).Sample((value, around) =>
        {
            var known = new KnownSecrets();
            known.Add(value);
            string[] spelled =
            [
                value, Uri.EscapeDataString(value), Convert.ToHexString(Encoding.UTF8.GetBytes(value)), Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value)),
                System.Text.Json.JsonSerializer.Serialize(value)[1..^1],
            ];
            return spelled.All(text => !known.Redact(around + text + around).Contains(text, StringComparison.Ordinal));
        });

    [Fact]
    public void Text_without_a_secret_stays_as_it_is()
    {
        var known = new KnownSecrets();
        Assert.Equal("nothing known", known.Redact("nothing known"));
        known.Add("canary-5f1c");
        Assert.Equal("hello", known.Redact("hello"));
    }

    [Fact]
    public void A_value_too_short_to_tell_from_other_text_is_not_looked_for()
    {
        var known = new KnownSecrets();
        known.Add("abc");
        Assert.Equal("abcdef", known.Redact("abcdef"));
    }
}
