using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Alga.Extensions.EndToEnd.Tests.Support;

/// <summary>Calls the registry's routes.</summary>
internal sealed class RegistryClient(Uri url)
{
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromMinutes(1) };

    public Task<JsonElement> GetAsync(string path, string token) => SendAsync(HttpMethod.Get, path, token, null);

    public Task<JsonElement> PutAsync(string path, string token, object body) => SendAsync(HttpMethod.Put, path, token, body);

    public Task<JsonElement> DeleteAsync(string path, string token) => SendAsync(HttpMethod.Delete, path, token, null);

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string token, object? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(url, path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Trim());
        if (body is not null) request.Content = JsonContent.Create(body);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return JsonElement.Parse(text);
    }
}
