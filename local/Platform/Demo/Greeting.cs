using System.Net.Http.Headers;
using Alga.Extensions.Platform.State;
using Alga.Extensions.Platform.Steps;

namespace Alga.Extensions.Platform.Demo;

/// <summary>The call of the sample through the gateway that shows that all of it works.</summary>
internal sealed class Greeting(string gatewayUrl, string extension, StateFolder state)
{
    private Uri Url { get; } = new($"{gatewayUrl}/api/ext/{extension}/greetings/ada");

    /// <summary>The same call for a shell.</summary>
    public string CurlLine(DemoUser user) => $"curl -i -H \"Authorization: Bearer $(cat {state.Token(user.Name)})\" {Url}";

    /// <summary>An event of the host application for a shell; the sample with agreements subscribes to it.</summary>
    public string EventCurlLine =>
        $$$"""curl -i -H "Authorization: Bearer $(cat {{{state.Token(DemoUser.Host.Name)}}})" -H "Content-Type: application/json" -d '{"topic":"customer.renamed","payload":{"from":"Old name","to":"New name"}}' {{{gatewayUrl}}}/api/host/events""";

    /// <summary>Calls it as a user of Acme, and prints status, headers and body.</summary>
    /// <returns>0 for a success, 1 otherwise.</returns>
    public async Task<int> CallAsync(CancellationToken cancellationToken)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, Url);
        var token = await File.ReadAllTextAsync(state.Token(DemoUser.Ada.Name), cancellationToken).ConfigureAwait(false);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);

        Console.WriteLine($"\nGET {Url}\nHTTP/{response.Version} {(int)response.StatusCode} {response.ReasonPhrase}");
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers)) Console.WriteLine($"{name}: {string.Join(", ", values)}");
        Console.WriteLine($"\n{await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)}");
        return response.IsSuccessStatusCode ? 0 : 1;
    }
}
