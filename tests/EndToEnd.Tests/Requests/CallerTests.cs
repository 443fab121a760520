using Alga.Extensions.EndToEnd.Tests.Support;

namespace Alga.Extensions.EndToEnd.Tests.Requests;

[Collection(PlatformCollection.Name)]
public sealed class CallerTests(PlatformFixture platform)
{
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();
    private readonly Forger forger = new(platform);

    [Fact]
    public async Task A_token_made_like_the_issuers_is_accepted() =>
        // The others here differ from this one in a single point each.
        Assert.Equal(200, (await CallAsync(forger.Sign(now, Forger.Acme))).Status);

    [Fact]
    public async Task No_token_is_refused() => (await CallAsync(null)).AssertProblem(401, "unauthenticated");

    [Fact]
    public async Task An_expired_token_is_refused() =>
        (await CallAsync(forger.Sign(now.AddHours(-2), Forger.Acme))).AssertProblem(401, "unauthenticated");

    [Fact]
    public async Task A_token_of_another_key_is_refused() => (await CallAsync(forger.Forge(now))).AssertProblem(401, "unauthenticated");

    [Fact]
    public async Task An_altered_token_is_refused()
    {
        var parts = platform.Token("linus").Split('.');
        var other = platform.Token("ada").Split('.');

        (await CallAsync($"{other[0]}.{other[1]}.{parts[2]}")).AssertProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task A_tenant_that_has_installed_nothing_finds_nothing() =>
        (await CallAsync(forger.Sign(now, Guid.CreateVersion7(now)))).AssertProblem(404, "extension_not_installed");

    [Fact]
    public async Task What_one_tenant_has_installed_is_not_there_for_another() =>
        (await platform.Gateway.GetAsync(PlatformFixture.Hostile, "/counter", platform.Token("linus"))).AssertProblem(404, "extension_not_installed");

    private Task<GatewayAnswer> CallAsync(string? token) => platform.Gateway.GetAsync(PlatformFixture.Sample, "/greetings/caller", token);
}
