using System.Net.Http.Headers;
using System.Text.Json;
using Alga.Extensions.EndToEnd.Tests.Support;

namespace Alga.Extensions.EndToEnd.Tests.Observability;

/// <summary>A host application's trace, through gateway and runner.</summary>
[Collection(PlatformCollection.Name)]
public sealed class TraceTests(PlatformFixture platform)
{
    [Fact]
    public async Task The_callers_trace_id_is_in_the_execution_record()
    {
        const string Trace = "0af7651916cd43dd8448eb211c80319c";
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", platform.Token("ada"));
        client.DefaultRequestHeaders.Add("traceparent", $"00-{Trace}-b7ad6b7169203331-01");
        using var answer = await client.GetAsync(new Uri($"{platform.GatewayUrl}/api/ext/{PlatformFixture.Sample}/greetings/traced"));
        answer.EnsureSuccessStatusCode();
        var request = Assert.Single(answer.Headers.GetValues("x-request-id"));

        // Records are written some time after the answer.
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var records = JsonDocument.Parse(await client.GetStringAsync(new Uri($"{platform.RegistryUrl}/api/tenant/installs/{PlatformFixture.Sample}/executions"), patience.Token)).RootElement;
            var found = records.GetProperty("items").EnumerateArray().FirstOrDefault(record => record.GetProperty("requestId").GetString() == request);
            if (found.ValueKind == JsonValueKind.Object)
            {
                Assert.Equal(Trace, found.GetProperty("traceId").GetString());
                return;
            }

            await Task.Delay(200, patience.Token);
        }
    }
}
