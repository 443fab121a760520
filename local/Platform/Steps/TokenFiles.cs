using System.Text.Json;
using Alga.Extensions.Platform.State;
using Alga.Extensions.Services;

namespace Alga.Extensions.Platform.Steps;

/// <summary>Keeps a fresh access token for each demo user in a file that only the owner can read.</summary>
internal sealed class TokenFiles(string issuerUrl, StateFolder state, TimeProvider time) : IDisposable
{
    private const string GrantType = "urn:alga:params:oauth:grant-type:demo-user";

    /// <summary>Tokens last an hour.</summary>
    private static readonly TimeSpan Renewal = TimeSpan.FromMinutes(20);

    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false });

    public async Task WriteAllAsync(CancellationToken cancellationToken)
    {
        foreach (var user in DemoUser.All)
        {
            SecretFile.Write(state.Token(user.Name), await RequestAsync(user, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Renews them until cancelled.</summary>
    public async Task KeepFreshAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Renewal, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false)) await WriteAllAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => client.Dispose();

    private async Task<string> RequestAsync(DemoUser user, CancellationToken cancellationToken)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = GrantType, ["user"] = user.Email });
        using var response = await client.PostAsync(new Uri(issuerUrl + "/token"), form, cancellationToken).ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode) throw new ServiceException($"The issuer gives no token for {user.Email}: {text}");
        using var body = JsonDocument.Parse(text);
        return body.RootElement.GetProperty("access_token").GetString()!;
    }
}
