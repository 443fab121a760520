using System.Collections.Concurrent;
using Alga.Extensions.EndToEnd.Tests.Support;

namespace Alga.Extensions.EndToEnd.Tests.Limits;

/// <summary>Gateways in processes of their own, and one quota, which an operator set over HTTP.</summary>
[Collection(PlatformCollection.Name)]
public sealed class SharedQuotaTests(PlatformFixture platform)
{
    private const int Burst = 60;
    private const string Globex = "01936b2e-0000-7000-8000-0000000910be";
    private const string Quota = $"/api/registry/tenants/{Globex}/quota/{PlatformFixture.Sample}";

    [Fact]
    public async Task Five_gateways_never_admit_more_than_their_one_quota()
    {
        // So slow a refill that it adds next to nothing while the test runs.
        await platform.Registry.PutAsync(Quota, platform.Token("olivia"), new { requestsPerSecond = 0.001, burst = Burst });
        try
        {
            await using var replicas = await GatewayReplicas.StartAsync(platform, 5);
            var answers = new ConcurrentBag<GatewayAnswer>();
            var token = platform.Token("linus").Trim();
            await Task.WhenAll(replicas.Clients.Select(gateway => Task.Run(async () =>
            {
                for (var request = 0; request < 30; request++) answers.Add(await gateway.GetAsync(PlatformFixture.Sample, "/greetings", token));
            })));

            Assert.InRange(answers.Count(answer => answer.Status != 429), 1, Burst);
            Assert.All(answers.Where(answer => answer.Status == 429), answer => answer.AssertProblem(429, "rate_limited"));
            Assert.Contains(answers, answer => answer.Status == 200);
        }
        finally
        {
            await platform.Registry.DeleteAsync(Quota, platform.Token("olivia"));
        }
    }
}
