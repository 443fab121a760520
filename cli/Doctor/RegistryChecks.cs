using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Doctor;

/// <summary>Whether the registry answers, and whether it knows who asks.</summary>
internal static class RegistryChecks
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<Check>> RunAsync(string? registry, FileInfo? tokenFile, CancellationToken cancellationToken)
    {
        var text = registry ?? Environment.GetEnvironmentVariable(RegistryClient.UrlVariable);
        if (string.IsNullOrWhiteSpace(text))
        {
            return [new Check("registry", CheckState.Missing, "none is named", $"Set {RegistryClient.UrlVariable} or give --registry; that of ./run is http://127.0.0.1:7072.")];
        }

        var url = ServiceUrl.Parse("registry", text);
        using var client = new HttpClient { BaseAddress = url, Timeout = Patience };
        var reached = await ReachAsync(client, cancellationToken).ConfigureAwait(false);
        return reached.State != CheckState.Ok ? [reached] : [reached, await SignInAsync(client, AccessToken.Find(tokenFile), cancellationToken).ConfigureAwait(false)];
    }

    private static async Task<Check> ReachAsync(HttpClient client, CancellationToken cancellationToken)
    {
        const string name = "registry";
        var todo = "Is the platform started, and the URL the registry's?";
        try
        {
            using var answer = await client.GetAsync(new Uri("api/health", UriKind.Relative), cancellationToken).ConfigureAwait(false);
            return answer.IsSuccessStatusCode
                ? new Check(name, CheckState.Ok, $"{client.BaseAddress}")
                : new Check(name, CheckState.Fault, $"{client.BaseAddress} answers {(int)answer.StatusCode}", todo);
        }
        catch (HttpRequestException exception)
        {
            return new Check(name, CheckState.Fault, $"{client.BaseAddress} cannot be reached: {exception.Message}", todo);
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Check(name, CheckState.Fault, $"{client.BaseAddress} did not answer within {Patience.TotalSeconds:0} s", todo);
        }
    }

    private static async Task<Check> SignInAsync(HttpClient client, string? token, CancellationToken cancellationToken)
    {
        const string name = "signed in";
        const string todo = "Sign in again: 'alga-ext login', then --token-file or ALGA_TOKEN.";
        if (token is null) return new Check(name, CheckState.Missing, "no access token", todo);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("api/registry/extensions?limit=1", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccessStatusCode
            ? new Check(name, CheckState.Ok, Subject(token) is { } who ? $"as {who}" : "yes")
            : new Check(name, CheckState.Fault, $"the registry refuses the token ({(int)answer.StatusCode})", todo);
    }

    /// <summary>The e-mail address or subject in a token that the registry accepted a moment ago; null when it is no JWT.</summary>
    private static string? Subject(string token)
    {
        if (token.Split('.') is not [_, var payload, _]) return null;
        try
        {
            var padded = payload.Replace('-', '+').Replace('_', '/').PadRight((payload.Length + 3) / 4 * 4, '=');
            var claims = JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(padded)));
            return (claims?["email"] ?? claims?["sub"])?.GetValue<string>();
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return null;
        }
    }
}
