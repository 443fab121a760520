using Alga.Extensions.EndToEnd.Tests.Support;

namespace Alga.Extensions.EndToEnd.Tests.Requests;

[Collection(PlatformCollection.Name)]
public sealed class GreetingTests(PlatformFixture platform)
{
    [Fact]
    public async Task The_sample_greets_and_counts()
    {
        var first = await GreetAsync("ada", "newcomer");
        var second = await GreetAsync("ada", "newcomer");

        Assert.Equal(first + 1, second);
    }

    [Fact]
    public async Task Two_tenants_do_not_see_each_others_counters()
    {
        for (var i = 0; i < 3; i++) await GreetAsync("ada", "shared");

        Assert.Equal(1, await GreetAsync("linus", "shared"));
        Assert.Equal(4, await GreetAsync("grace", "shared"));
    }

    [Fact]
    public async Task Every_answer_has_a_request_id_of_its_own()
    {
        var first = await platform.Gateway.GetAsync(PlatformFixture.Sample, "/greetings/id", platform.Token("ada"));
        var second = await platform.Gateway.GetAsync(PlatformFixture.Sample, "/greetings/id", platform.Token("ada"));

        first.AssertRequestId();
        second.AssertRequestId();
        Assert.NotEqual(first.RequestId, second.RequestId);
    }

    private async Task<int> GreetAsync(string user, string name)
    {
        var answer = await platform.Gateway.GetAsync(PlatformFixture.Sample, "/greetings/" + name, platform.Token(user));
        Assert.True(answer.Status == 200, answer.Text);
        return answer.Json.GetProperty("count").GetInt32();
    }
}
