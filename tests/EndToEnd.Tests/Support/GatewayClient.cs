using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Alga.Extensions.EndToEnd.Tests.Support;

/// <summary>Calls extensions as a host application does.</summary>
internal sealed class GatewayClient(Uri url)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromMinutes(1) };

    public Task<GatewayAnswer> GetAsync(string extension, string path, string? token) => SendAsync(HttpMethod.Get, extension, path, token, null);

    public async Task<GatewayAnswer> SendAsync(HttpMethod method, string extension, string path, string? token, byte[]? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(url, $"/api/ext/{extension}{path}"));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } };
        using var response = await Http.SendAsync(request);
        return new GatewayAnswer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            response.Headers.TryGetValues("x-request-id", out var ids) ? string.Join(',', ids) : null,
            await response.Content.ReadAsByteArrayAsync());
    }
}

/// <summary>What the gateway answered.</summary>
internal sealed record GatewayAnswer(int Status, string? MediaType, string? RequestId, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    /// <summary>Checks that it is a refusal in the one form that all refusals have.</summary>
    public void AssertProblem(int status, string code)
    {
        Assert.True(status == Status, $"{Status}: {Text}");
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal(code, Json.GetProperty("code").GetString());
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.Equal(RequestId, Json.GetProperty("requestId").GetString());
        AssertRequestId();
    }

    public void AssertRequestId() => Assert.True(Guid.TryParse(RequestId, out var id) && id.Version == 7, $"x-request-id: {RequestId}");
}
