using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Alga.Extensions.DevHost.Events;
using Alga.Extensions.Runner.HostApis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.DevHost.World;

/// <summary>
/// The internet of a test: every name resolves, every connection ends at one server here, and that answers from fixtures. The
/// runner's own path to it stays whole: allow-list, TLS for the name that was asked for, limits.
/// </summary>
internal sealed class FakeWorld : IAsyncDisposable
{
    private readonly WorldAuthority authority = new();
    private readonly Lock gate = new();
    private readonly List<JsonObject> asked = [];
    private WebApplication? server;
    private IReadOnlyList<Fixture> fixtures = [];

    public IEgressNetwork Network { get; private set; } = null!;

    public static async Task<FakeWorld> StartAsync(EventWriter events)
    {
        var world = new FakeWorld();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
            https.ServerCertificateSelector = (_, name) => name is null ? null : world.authority.For(name))));
        var app = builder.Build();
        app.Run(context => world.AnswerAsync(context, events));
        await app.StartAsync().ConfigureAwait(false);
        world.server = app;
        var port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        world.Network = new LocalNetwork(world.authority.Policy, port);
        return world;
    }

    /// <summary>Other fixtures, and nothing asked yet.</summary>
    public void Reset(JsonArray fetch)
    {
        lock (gate)
        {
            fixtures = [.. fetch.OfType<JsonObject>().Select(Fixture.Read)];
            asked.Clear();
        }
    }

    /// <summary>What was asked since, in order, each with whether a fixture answered.</summary>
    public JsonObject Report()
    {
        lock (gate) return new JsonObject { ["fetches"] = new JsonArray([.. asked.Select(one => one.DeepClone())]) };
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync().ConfigureAwait(false);
        authority.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, EventWriter events)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted).ConfigureAwait(false);
        var url = $"https://{context.Request.Host.Host}{context.Request.GetEncodedPathAndQuery()}";
        Fixture? fixture;
        lock (gate)
        {
            fixture = fixtures.FirstOrDefault(one => one.Matches(context.Request.Method, url));
            asked.Add(new JsonObject { ["method"] = context.Request.Method, ["url"] = url, ["body"] = body, ["answered"] = fixture is not null });
        }

        if (fixture is null)
        {
            events.Write("unanswered", new() { ["method"] = context.Request.Method, ["url"] = url });
            context.Abort();
            return;
        }

        context.Response.StatusCode = fixture.Status;
        foreach (var (name, value) in fixture.Headers) context.Response.Headers[name] = value;
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(fixture.Body), context.RequestAborted).ConfigureAwait(false);
    }

    private sealed class LocalNetwork(X509ChainPolicy policy, int port) : IEgressNetwork
    {
        // Any public address will do: connections go to the server here whatever it is.
        private static readonly IReadOnlyList<IPAddress> Somewhere = [IPAddress.Parse("93.184.215.14")];

        public X509ChainPolicy? ChainPolicy => policy;

        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken) => Task.FromResult(Somewhere);

        public async Task<Stream> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
    }
}
