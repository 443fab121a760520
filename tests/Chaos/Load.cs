using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Alga.Extensions.Chaos;

/// <summary>
/// Callers as they should be: each operation has an Idempotency-Key and is repeated, unchanged, until its outcome is known, and with a new
/// key where that outcome is a failure. One more of that tenant, and one of another, ask for a secret all the time.
/// </summary>
internal sealed class Load(Stack stack, Journal journal, TimeProvider time) : IDisposable
{
    /// <summary>The user who counts, an admin of Acme, which was never granted secrets.</summary>
    public const string Counter = "ada";

    /// <summary>The user of Globex, which is granted and loses secrets, and the whole install.</summary>
    public const string Other = "linus";

    private const int Callers = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(200);

    /// <summary>Longer than any fault is felt: what has no outcome by then will have none.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) }) { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>Runs until it is told to stop; each operation that began is then brought to its end.</summary>
    /// <exception cref="InvalidOperationException">An operation had no success for minutes.</exception>
    public Task RunAsync(CancellationToken stop) => Task.WhenAll([.. Enumerable.Range(0, Callers).Select(_ => CountAsync(stop)), ProbeAsync(Counter, stop), ProbeAsync(Other, stop)]);

    /// <summary>What a call says that it saw when a version answered it.</summary>
    public static string VersionOf(string version) => "version " + version;

    /// <summary>What a call of a user says that it saw when secrets were not denied.</summary>
    public static string SecretsOf(string user) => $"the secrets of {user}'s tenant";

    /// <summary>What a call of a user says that it saw when the extension answered at all.</summary>
    public static string InstallOf(string user) => $"the install of {user}'s tenant";

    /// <summary>What the extension has counted.</summary>
    public async Task<long> TotalAsync()
    {
        var began = time.GetTimestamp();
        while (true)
        {
            using var request = Request(Counter, HttpMethod.Get, "/storage/total");
            if (await SendAsync(Counter, request) is { } answer) return answer.Json.GetProperty("value").GetInt64();
            await PauseAsync(began);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task CountAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var operation = Guid.CreateVersion7(time.GetUtcNow()).ToString("N", CultureInfo.InvariantCulture);
            var tries = 0;
            var began = time.GetTimestamp();
            while (!await TryCountAsync(operation, $"{operation}-{tries}", () => tries++)) await PauseAsync(began);
            await Task.Delay(Pause, time, CancellationToken.None);
        }
    }

    /// <param name="operation">What to count.</param>
    /// <param name="key">Its key.</param>
    /// <param name="takeNewKey">The key's outcome is known, and it is no success: the same key would give it for a day.</param>
    private async Task<bool> TryCountAsync(string operation, string key, Action takeNewKey)
    {
        using var request = Request(Counter, HttpMethod.Post, "/count/" + operation);
        request.Headers.Add("Idempotency-Key", key);
        if (await SendAsync(Counter, request, takeNewKey) is not { } counted) return false;
        journal.Acknowledge(counted.Json.GetProperty("again").GetBoolean(), counted.IsReplay);
        return true;
    }

    private async Task PauseAsync(long began)
    {
        if (time.GetElapsedTime(began) > Patience) throw new InvalidOperationException($"An operation had no success within {Patience}.");
        await Task.Delay(AfterFailure, time, CancellationToken.None);
    }

    private async Task ProbeAsync(string user, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            using var request = Request(user, HttpMethod.Get, "/denied-secrets");
            await SendAsync(user, request, isProbe: true);
            await Task.Delay(AfterFailure, time, CancellationToken.None);
        }
    }

    private HttpRequestMessage Request(string user, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(stack.Gateway, $"/api/ext/{Stack.Extension}{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", stack.Token(user));
        return request;
    }

    /// <summary>Null when there was no success.</summary>
    private async Task<Answer?> SendAsync(string user, HttpRequestMessage request, Action? replayedFailure = null, bool isProbe = false)
    {
        var started = time.GetUtcNow();
        Answer? answer = null;
        string? reason = null;
        try
        {
            using var response = await client.SendAsync(request);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
                answer = new Answer(json, response.Headers.Contains("Idempotency-Replayed"));
            }
            else
            {
                reason = await ReadCodeAsync(response);
                if (response.Headers.Contains("Idempotency-Replayed")) replayedFailure?.Invoke();
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
        {
            // Also an answer that was cut off: the caller does not know what became of it.
            reason = exception is TaskCanceledException ? "no answer" : "connection lost";
        }

        journal.Add(new Call(started, time.GetUtcNow(), user, reason, answer is null ? [] : [.. SeenIn(answer, user, isProbe)]));
        return answer;
    }

    /// <summary>The problem's code, or the status where there is none: a failure of the extension itself.</summary>
    private static async Task<string> ReadCodeAsync(HttpResponseMessage response)
    {
        var status = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json") return status;
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return problem.TryGetProperty("code", out var code) ? code.GetString()! : status;
    }

    private static IEnumerable<string> SeenIn(Answer answer, string user, bool isProbe)
    {
        // What a repeated answer says is as old as its first time.
        if (answer.IsReplay) yield break;
        yield return InstallOf(user);
        if (answer.Json.TryGetProperty("version", out var version)) yield return VersionOf(version.GetString()!);
        if (isProbe && !(answer.Json.TryGetProperty("refused", out var refused) && refused.GetString() == "denied")) yield return SecretsOf(user);
    }

    private sealed record Answer(JsonElement Json, bool IsReplay);
}
