using System.Net;
using System.Net.Http.Headers;
using Alga.Extensions.Platform.State;
using Alga.Extensions.Platform.Steps;
using Alga.Extensions.Services;

namespace Alga.Extensions.Platform.Demo;

/// <summary>
/// Waits until the sample answers: the runner compiles it once, and until then says 503 with Retry-After. On a machine that is busy with the
/// rest of the start, the first calls can also take longer than the extension has time.
/// </summary>
internal static class FirstCall
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Lists the greetings, which counts none.</summary>
    public static async Task WaitAsync(string gatewayUrl, string extension, StateFolder state, TimeProvider time, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var token = await File.ReadAllTextAsync(state.Token(DemoUser.Ada.Name), cancellationToken).ConfigureAwait(false);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        while (true)
        {
            using var response = await client.GetAsync(new Uri($"{gatewayUrl}/api/ext/{extension}/greetings"), cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode) return;
            var isEarly = response.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
            if (!isEarly || time.GetElapsedTime(started) > Patience)
            {
                var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
                throw new ServiceException($"The sample does not answer ({(int)response.StatusCode}): {body}");
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
