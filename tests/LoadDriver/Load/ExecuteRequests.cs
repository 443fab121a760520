using System.Globalization;
using System.Text;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.LoadDriver.Stack;
using Alga.Extensions.ServiceTokens;

namespace Alga.Extensions.LoadDriver.Load;

/// <summary>Ready requests to <c>POST /v1/execute</c>: each with an id and a service token of its own, as the gateway sends them.</summary>
internal static class ExecuteRequests
{
    private static readonly Guid Tenant = Guid.Parse("01936b2e-0000-7000-8000-00000000ac3e");

    /// <summary>So many requests for an installed guest. Use them within the token's 60 seconds.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Create(ServiceTokenIssuer tokens, InstalledGuest guest, ExecuteHttp http, int count) =>
        [.. Enumerable.Range(0, count).AsParallel().Select(_ => One(tokens, Tenant, guest, http, PlatformLimits.DefaultTimeoutMs))];

    /// <summary>The same from another tenant, whose guests are stopped sooner.</summary>
    public static IReadOnlyList<ReadOnlyMemory<byte>> Create(ServiceTokenIssuer tokens, Guid tenant, InstalledGuest guest, ExecuteHttp http, int timeoutMs, int count) =>
        [.. Enumerable.Range(0, count).AsParallel().Select(_ => One(tokens, tenant, guest, http, timeoutMs))];

    /// <summary>The call that the TypeScript guest answers with a greeting.</summary>
    public static ExecuteHttp Hello { get; } = new()
    {
        Method = "GET",
        Path = "/hello/ada",
        Endpoint = "/hello/:name",
        Params = new Dictionary<string, string> { ["name"] = "ada" },
        Headers = new Dictionary<string, IReadOnlyList<string>> { ["accept"] = ["application/json"], ["user-agent"] = ["bench"] },
    };

    /// <summary>The call that sends a body back.</summary>
    public static ExecuteHttp Echo(byte[] body, string mediaType) => new()
    {
        Method = "POST",
        Path = "/echo",
        Endpoint = "/echo",
        Headers = new Dictionary<string, IReadOnlyList<string>> { ["content-type"] = [mediaType] },
        Body = body,
    };

    private static ReadOnlyMemory<byte> One(ServiceTokenIssuer tokens, Guid tenant, InstalledGuest guest, ExecuteHttp http, int timeoutMs)
    {
        var request = new ExecuteRequest
        {
            Context = new ExecuteContext
            {
                RequestId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
                TenantId = tenant,
                ExtensionId = guest.Name,
                InstallId = guest.InstallId,
                VersionId = guest.VersionId,
                Version = "1.0.0",
                ContentHash = guest.ContentHash,
            },
            Http = http,
            Limits = new ExecuteLimits { TimeoutMs = timeoutMs },
            User = new ExecuteUser { Id = "ada", Email = "ada@acme.example", Name = "Ada", Roles = [Roles.TenantAdmin] },
        };
        var body = JsonSerializer.SerializeToUtf8Bytes(request, ExecutionJson.Default.ExecuteRequest);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST /v1/execute HTTP/1.1\r\nHost: runner\r\nAuthorization: Bearer {tokens.Issue(request, body)}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        return (byte[])[.. Encoding.ASCII.GetBytes(head), .. body];
    }
}
