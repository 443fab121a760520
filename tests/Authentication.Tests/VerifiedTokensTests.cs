using Alga.Extensions.Testing;

namespace Alga.Extensions.Authentication.Tests;

public class VerifiedTokensTests
{
    private readonly ManualTime time = new();

    private VerifiedToken Verified(string subject) =>
        new(new Caller(subject, null, "", "", [], [], "https://issuer"), null!, "k1", null!, time.GetUtcNow().AddMinutes(5));

    [Fact]
    public void Only_the_very_token_is_found_and_only_until_it_ends()
    {
        var tokens = new VerifiedTokens(time);
        tokens.Add("a.b.c", Verified("ada"));

        Assert.Equal("ada", tokens.Find("a.b.c")?.Caller.Subject);
        Assert.Null(tokens.Find("a.b.d"));
        Assert.Null(tokens.Find("a.b.c "));
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Null(tokens.Find("a.b.c"));
    }

    [Fact]
    public void Not_more_than_two_generations_are_remembered()
    {
        var tokens = new VerifiedTokens(time, capacity: 3);
        for (var i = 0; i < 100; i++) tokens.Add($"token-{i}", Verified("ada"));

        var remembered = Enumerable.Range(0, 100).Where(i => tokens.Find($"token-{i}") is not null).ToList();
        Assert.InRange(remembered.Count, 4, 6);
        Assert.Equal(99, remembered[^1]);
    }
}
