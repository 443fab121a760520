using Alga.Extensions.EndToEnd.Tests.Support;

namespace Alga.Extensions.EndToEnd.Tests.Requests;

[Collection(PlatformCollection.Name)]
public sealed class HostileGuestTests(PlatformFixture platform)
{
    [Theory]
    [InlineData("/trap", 502, "guest_trap")]
    [InlineData("/loop", 504, "timeout")]
    [InlineData("/regex", 504, "timeout")]
    public async Task A_guest_that_misbehaves_is_stopped_with_a_code_of_its_own(string path, int status, string code)
    {
        var answer = await GetAsync(path);

        answer.AssertProblem(status, code);
        await AssertOthersGoOnAsync();
    }

    [Fact]
    public async Task A_guest_that_eats_memory_is_stopped()
    {
        var answer = await GetAsync("/memory");

        // Whether the guest dies by the limit or of it is up to its own allocator.
        Assert.Contains(answer.Json.GetProperty("code").GetString(), new[] { "memory_limit", "guest_trap", "timeout" });
        answer.AssertRequestId();
        await AssertOthersGoOnAsync();
    }

    [Theory]
    [InlineData("/throw")]
    [InlineData("/trap")]
    public async Task What_a_guest_dies_of_never_reaches_the_caller(string path) =>
        Assert.DoesNotContain("canary", (await GetAsync(path)).Text, StringComparison.Ordinal);

    [Fact]
    public async Task No_instance_serves_two_requests()
    {
        for (var i = 0; i < 3; i++) Assert.Equal(1, (await GetAsync("/counter")).Json.GetProperty("calls").GetInt32());
    }

    [Fact]
    public async Task Two_instances_have_different_random_numbers() =>
        Assert.NotEqual((await GetAsync("/random")).Text, (await GetAsync("/random")).Text);

    [Fact]
    public async Task Async_handlers_timers_and_web_APIs_work_in_the_sandbox()
    {
        var answer = await GetAsync("/web");

        Assert.Equal(200, answer.Status);
        Assert.True(answer.Json.GetProperty("waited").GetBoolean());
        Assert.Equal("https://xn--exmple-cua.com/a%20b?q=1&r=2", answer.Json.GetProperty("url").GetString());
        Assert.Equal("ž", answer.Json.GetProperty("text").GetString());
        Assert.Equal("b", answer.Json.GetProperty("copied").GetString());
    }

    [Fact]
    public async Task Functions_call_themselves_hundreds_of_times_and_take_tens_of_thousands_of_arguments() =>
        Assert.Equal("""{"calls":[900,10,250,900],"largest":7}""", (await GetAsync("/deep")).Text);

    [Fact]
    public async Task Half_a_character_in_JSON_leaves_the_sandbox_as_an_escape() =>
        Assert.Equal("""{"half":"\ud800"}""", (await GetAsync("/half")).Text);

    [Theory]
    [InlineData("/denied-http")]
    [InlineData("/denied-secrets")]
    public async Task A_capability_that_was_not_granted_is_denied(string path)
    {
        var answer = await GetAsync(path);

        Assert.Equal("denied", answer.Json.GetProperty("refused").GetString());
    }

    private Task<GatewayAnswer> GetAsync(string path) => platform.Gateway.GetAsync(PlatformFixture.Hostile, path, platform.Token("ada"));

    private async Task AssertOthersGoOnAsync()
    {
        var greeting = await platform.Gateway.GetAsync(PlatformFixture.Sample, "/greetings/neighbour", platform.Token("linus"));
        Assert.True(greeting.Status == 200, greeting.Text);
    }
}
