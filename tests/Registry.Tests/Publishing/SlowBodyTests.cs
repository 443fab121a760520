using System.Threading.RateLimiting;
using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Publish;
using Alga.Extensions.Registry.Tests.Fixtures;
using Alga.Extensions.Testing.Sockets;

namespace Alga.Extensions.Registry.Tests.Publishing;

/// <summary>Bodies that trickle, at a registry that bears with them for two seconds.</summary>
public sealed class SlowBodyTests(SlowBodyTests.ImpatientRegistry registry) : IClassFixture<SlowBodyTests.ImpatientRegistry>
{
    private readonly RegistryApp app = registry.App;

    [Fact]
    public async Task Uploads_that_trickle_are_refused_and_leave_their_places()
    {
        var name = app.NewName();
        (await app.RegisterAsync(name, app.Developer)).Is(201);
        var reading = 0;
        Task<Outcome<RateLimitLease>>? next = null;

        var answers = await Task.WhenAll(Enumerable.Range(0, UploadPlaces.OfPublisher).Select(number => SlowRequest.TrickleAsync(
            new Uri(app.Url),
            Upload(name, $"1.0.{number}", app.Developer),
            whenRead: () =>
            {
                if (Interlocked.Increment(ref reading) < UploadPlaces.OfPublisher) return Task.CompletedTask;
                next = app.Uploads.EnterAsync("acme", CancellationToken.None);
                Assert.False(next.IsCompleted);
                return Task.CompletedTask;
            })));

        foreach (var answer in answers) AssertRefused(answer, "408 Request Timeout", "body_too_slow");
        Assert.True((await next!).TryGet(out var place, out _));
        place.Dispose();
        var bundle = await TestBundle.PackAsync(name, "1.0.0");
        (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(201);
    }

    [Fact]
    public async Task A_small_body_that_trickles_is_refused_too() => AssertRefused(
        await SlowRequest.TrickleAsync(
            new Uri(app.Url), $"POST /api/registry/extensions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {app.Developer}\r\nContent-Type: application/json\r\nContent-Length: 10000", " "),
        "408 Request Timeout",
        "body_too_slow");

    [Fact]
    public async Task A_refused_upload_that_then_trickles_gets_the_refusal_that_was_decided()
    {
        var name = app.NewName();
        (await app.RegisterAsync(name, app.Developer)).Is(201);

        AssertRefused(await SlowRequest.TrickleAsync(new Uri(app.Url), Upload(name, "1.0.0", "nobody")), "401 Unauthorized", "unauthenticated");
        AssertRefused(await SlowRequest.TrickleAsync(new Uri(app.Url), Upload(name, "1.0.0", app.OtherDeveloper)), "404 Not Found", "not_found");
    }

    [Fact]
    public async Task A_refused_upload_whose_rest_is_no_body_gets_the_refusal_that_was_decided() => AssertRefused(
        await SlowRequest.TrickleAsync(
            new Uri(app.Url), "PUT /api/registry/extensions/a/versions/1.0.0 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer nobody\r\nTransfer-Encoding: chunked", "no chunk\r\n"),
        "401 Unauthorized",
        "unauthenticated");

    private static string Upload(string name, string version, string token) =>
        $"PUT /api/registry/extensions/{name}/versions/{version} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000000";

    private static void AssertRefused(string answer, string status, string code)
    {
        Assert.StartsWith($"HTTP/1.1 {status}\r\n", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains($"\"code\":\"{code}\"", answer, StringComparison.Ordinal);
    }

    public sealed class ImpatientRegistry : IAsyncLifetime
    {
        internal RegistryApp App { get; } = new() { More = ShortGrace.Apply };

        public Task InitializeAsync() => App.InitializeAsync();

        public Task DisposeAsync() => App.DisposeAsync();
    }
}
