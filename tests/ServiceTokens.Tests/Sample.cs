using System.Text.Json;
using Alga.Extensions.Contracts.Execution;

namespace Alga.Extensions.ServiceTokens.Tests;

internal static class Sample
{
    public static readonly ServiceTokenKey Key = new("0123456789abcdef0123456789abcdef"u8);

    public static readonly ExecuteRequest Request = new()
    {
        Context = new ExecuteContext
        {
            RequestId = Guid.Parse("01936b2e-0000-7000-8000-000000000001"),
            TenantId = Guid.Parse("01936b2e-0000-7000-8000-000000000002"),
            InstallId = Guid.Parse("01936b2e-0000-7000-8000-000000000003"),
            VersionId = Guid.Parse("01936b2e-0000-7000-8000-000000000004"),
            ExtensionId = "com.acme.reports",
            Version = "1.0.0",
            ContentHash = "sha256:" + new string('a', 64),
        },
        Http = new ExecuteHttp { Method = "GET", Path = "/a/1", Endpoint = "/a/:id" },
        Limits = new ExecuteLimits(),
        Providers = ["cap:storage.kv", "cap:metrics.emit"],
        Egress = ["api.example.com", "*.example.org"],
        Secrets = [new ExecuteSecret("api-key", 90), new ExecuteSecret("other")],
    };

    public static byte[] Bytes(ExecuteRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(request, ExecutionJson.Default.ExecuteRequest);
}
