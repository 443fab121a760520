using System.Text.Json;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Testing;

namespace Alga.Extensions.ServiceTokens.Tests;

internal static class Sample
{
    public static readonly ServiceTokenKey Key = new("0123456789abcdef0123456789abcdef"u8);

    public static readonly ExecuteRequest Request = new()
    {
        Context = SampleContext.Value,
        Http = new ExecuteHttp { Method = "GET", Path = "/a/1", Endpoint = "/a/:id" },
        Limits = new ExecuteLimits(),
        Providers = ["cap:storage.kv", "cap:metrics.emit"],
        Egress = ["api.example.com", "*.example.org"],
        Secrets = [new ExecuteSecret("api-key", 90), new ExecuteSecret("other")],
    };

    public static byte[] Bytes(ExecuteRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(request, ExecutionJson.Default.ExecuteRequest);
}
