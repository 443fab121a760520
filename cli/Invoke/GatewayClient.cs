using System.Net.Http.Headers;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Invoke;

/// <summary>What an extension, or the gateway in its place, answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">By lower-case name; repeated ones joined.</param>
/// <param name="Body">As text.</param>
internal sealed record GatewayAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body);

/// <summary>Calls extensions as the user of an access token.</summary>
internal sealed class GatewayClient : IDisposable
{
    private const string UrlVariable = "ALGA_GATEWAY_URL";
    private const string LocalUrl = "http://127.0.0.1:7071";

    private readonly HttpClient http;

    private GatewayClient(Uri url, string token)
    {
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = url, Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Opens the gateway that option or environment name, else the local platform's.</summary>
    public static GatewayClient Open(string? gateway, FileInfo? tokenFile) => new(
        ServiceUrl.Parse("gateway", gateway ?? Environment.GetEnvironmentVariable(UrlVariable) ?? LocalUrl), AccessToken.Read(tokenFile));

    public async Task<GatewayAnswer> CallAsync(string method, string extension, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        var relative = $"api/ext/{Uri.EscapeDataString(extension)}/{path.TrimStart('/')}";
        try
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), relative) { Content = content };
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var headers = response.Headers.Concat(response.Content.Headers)
                .ToDictionary(header => header.Key.ToLowerInvariant(), header => string.Join(", ", header.Value), StringComparer.Ordinal);
            return new GatewayAnswer((int)response.StatusCode, headers, await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        }
        catch (HttpRequestException exception)
        {
            throw new RefusedException(new CliRefusal("gateway_unavailable", $"{http.BaseAddress} cannot be reached: {exception.Message}"));
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RefusedException(new CliRefusal("gateway_unavailable", $"{http.BaseAddress} did not answer within {http.Timeout.TotalSeconds:0} s."));
        }
    }

    public void Dispose() => http.Dispose();
}
