using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.AlgaExt.Common;

/// <summary>Talks to the registry as a signed-in person.</summary>
internal sealed class RegistryClient : IDisposable
{
    /// <summary>Names the registry where no option does.</summary>
    public const string UrlVariable = "ALGA_REGISTRY_URL";

    private readonly HttpClient http;

    private RegistryClient(Uri url, string token)
    {
        http = new HttpClient { BaseAddress = url, Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Opens the registry that options or environment name.</summary>
    public static RegistryClient Open(string? registry, FileInfo? tokenFile)
    {
        var text = registry ?? Environment.GetEnvironmentVariable(UrlVariable);
        if (string.IsNullOrWhiteSpace(text)) throw Usage($"No registry is given: use --registry URL or set {UrlVariable}.");
        return new RegistryClient(ServiceUrl.Parse("registry", text), AccessToken.Read(tokenFile));
    }

    /// <summary>Sends a request and gives status and body of a success; anything else is a refusal.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path below the registry's URL, without a leading slash.</param>
    /// <param name="content">Body or null.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<(int Status, JsonObject Body)> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        var (status, bytes) = await RequestAsync(method, path, content, cancellationToken).ConfigureAwait(false);
        if (status == (int)HttpStatusCode.NoContent) return (status, []);
        try
        {
            return (status, JsonNode.Parse(bytes) as JsonObject ?? throw new JsonException("The body is no object."));
        }
        catch (JsonException)
        {
            throw Unavailable($"{http.BaseAddress}{path} answered with something that is no JSON object; is this the registry?");
        }
    }

    /// <summary>Gives the body of a success as it is; anything else is a refusal.</summary>
    public async Task<byte[]> DownloadAsync(string path, CancellationToken cancellationToken) =>
        (await RequestAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false)).Body;

    private async Task<(int Status, byte[] Body)> RequestAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? ((int)response.StatusCode, bytes)
                : throw new RefusedException(ReadProblem((int)response.StatusCode, Encoding.UTF8.GetString(bytes)));
        }
        catch (HttpRequestException exception)
        {
            throw Unavailable($"{http.BaseAddress} cannot be reached: {exception.Message}");
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable($"{http.BaseAddress} did not answer within {http.Timeout.TotalSeconds:0} s.");
        }
    }

    /// <summary>A JSON body.</summary>
    public static HttpContent Json(JsonObject body) => new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");

    public void Dispose() => http.Dispose();

    private static CliRefusal ReadProblem(int status, string text)
    {
        try
        {
            if (JsonSerializer.Deserialize(text, ProblemJson.Default.ProblemBody) is { } problem)
            {
                return new CliRefusal(problem.Code, $"{problem.Detail} (request {problem.RequestId})", problem.Errors);
            }
        }
        catch (JsonException)
        {
            // Something in front of the registry answered; its status is all there is to tell.
        }

        return new CliRefusal(CliRefusal.RegistryUnavailable, $"The registry answered with status {status} and no reason.");
    }

    private static RefusedException Usage(string message) => new(new CliRefusal(CliRefusal.Usage, message));

    private static RefusedException Unavailable(string message) => new(new CliRefusal(CliRefusal.RegistryUnavailable, message));
}
