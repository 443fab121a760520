using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Secrets;
using Azure.Security.KeyVault.Secrets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using NSubstitute;

namespace Alga.Extensions.Runner.HostApis.Tests;

/// <summary>
/// A test bench for <c>http.fetch</c>: real TLS servers with certificates of a test authority behind a made-up internet.
/// <c>*.example.com</c> at 93.184.216.34 speaks HTTP/1.1 and HTTP/2.
/// </summary>
public sealed class EgressBench : IAsyncLifetime
{
    public const string Address = "93.184.216.34";
    public const string RawAddress = "93.184.216.35";

    private readonly TestAuthority authority = new();
    private readonly NpgsqlDataSource nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=x");
    private WebApplication app = null!;

    internal TestNetwork Network { get; private set; } = null!;

    /// <summary>Heads of the requests that arrived: method, host, path, protocol, and headers in lower case.</summary>
    public ConcurrentQueue<(string Line, IReadOnlyDictionary<string, string> Headers, string Body)> Received { get; } = new();

    public async Task InitializeAsync()
    {
        Network = new TestNetwork(authority.Policy);
        var certificate = authority.Issue("*.example.com", "other.example.net");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(certificate);
        }));
        app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync();
        Network.Serve(Address, new Uri(app.Urls.Single()).Port);
        Network.Name("api.example.com", Address);
        Network.Name("www.example.com", Address);
        Network.Name("other.example.net", Address);
        Network.Name("wrong.example.org", Address);
        Network.Name("raw.example.com", RawAddress);
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await nowhere.DisposeAsync();
        authority.Dispose();
    }

    /// <summary>A server at raw.example.com that answers as it is told.</summary>
    internal RawServer Serve(Func<string, RawServer.Connection, CancellationToken, Task> answer)
    {
        var server = new RawServer(authority.Issue("raw.example.com"), answer);
        Network.Serve(RawAddress, server.Port);
        return server;
    }

    /// <summary>The fetches of one invocation, with connections of its own.</summary>
    internal FetchRun Begin(string[]? egress = null, string[]? operatorHosts = null, int timeoutMs = 60_000, string[]? capabilities = null)
    {
        var context = Invocation.Granted(capabilities ?? [Capability.HttpFetch]) with { Egress = egress ?? ["*.example.com", "wrong.example.org"] };
        var deadline = Invocation.Deadline(timeoutMs);
        var lines = new LogLines();
        var shared = new Egress(new EgressPolicy(operatorHosts), Network, TimeProvider.System);
        var keys = new TenantKeys(Substitute.For<SecretClient>(), TimeProvider.System, NullLogger<TenantKeys>.Instance);
        var secrets = new SecretsCalls(context, deadline, new InstallSecrets(nowhere, keys, TimeProvider.System), new KnownSecrets(), lines);
        return new FetchRun(shared, new HttpCalls(context, deadline, shared, secrets, lines), lines);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var request = context.Request;
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync();
        Received.Enqueue((
            $"{request.Method} {request.Host} {request.Path}{request.QueryString} {request.Protocol}",
            request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
            body));
        var response = context.Response;
        switch (request.Path.Value)
        {
            case "/redirect":
                response.StatusCode = int.Parse(request.Query["status"].FirstOrDefault() ?? "302", provider: null);
                response.Headers.Location = request.Query["to"].ToString();
                break;
            case "/loop":
                response.Redirect("/loop");
                break;
            case "/echo":
                response.Headers["x-echo"] = request.Headers["authorization"];
                await response.WriteAsync($"{request.Headers.Authorization} {body}");
                break;
            case "/cookie":
                response.Headers.SetCookie = "a=b";
                response.Headers["x-kept"] = "1";
                break;
            case "/binary":
                await response.Body.WriteAsync(new byte[] { 0xff, 0xfe, 0x00 });
                break;
            case "/bytes":
                response.Headers["x-size"] = request.Query["n"];
                var chunk = new byte[64 * 1024];
                Array.Fill(chunk, (byte)(request.Query.ContainsKey("binary") ? 0xff : 'a'));
                for (var left = long.Parse(request.Query["n"]!, provider: null); left > 0; left -= chunk.Length) await response.Body.WriteAsync(chunk.AsMemory(0, (int)Math.Min(left, chunk.Length)));
                break;
            case "/packed":
                response.Headers.ContentEncoding = request.Query["as"].ToString();
                await response.Body.WriteAsync(Pack(request.Query["as"]!, int.Parse(request.Query["n"]!, provider: null)));
                break;
            case "/headers":
                for (var i = 0; i < int.Parse(request.Query["n"]!, provider: null); i++) response.Headers[$"x-{i}"] = new string('v', int.Parse(request.Query["size"]!, provider: null));
                break;
            default:
                await response.WriteAsync("hello");
                break;
        }
    }

    internal static byte[] Pack(string encoding, int size)
    {
        using var packed = new MemoryStream();
        using (Stream packer = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            var chunk = new byte[1024 * 1024];
            Array.Fill(chunk, (byte)'a');
            for (var left = size; left > 0; left -= chunk.Length) packer.Write(chunk, 0, Math.Min(left, chunk.Length));
        }

        return packed.ToArray();
    }
}

/// <summary>The fetches of one invocation.</summary>
internal sealed class FetchRun(Egress shared, HttpCalls calls, LogLines lines) : IDisposable
{
    public LogLines Lines => lines;

    public HttpCalls Calls => calls;

    public Egress Shared => shared;

    public IncomingResponse Get(string url, params KeyValuePair<string, string>[] headers) => Send("GET", url, null, headers);

    public IncomingResponse Send(string method, string url, string? body = null, params KeyValuePair<string, string>[] headers)
    {
        var result = Fetch(method, url, body, null, headers);
        Assert.True(result.TryGet(out var response, out var error), error?.ToString());
        return response;
    }

    public HostError<HttpErrorKind> Fail(HttpErrorKind kind, string url, uint? timeoutMs = null, string method = "GET", string? body = null, params KeyValuePair<string, string>[] headers)
    {
        Assert.False(Fetch(method, url, body, timeoutMs, headers).TryGet(out var response, out var error), response?.ToString());
        Assert.True(kind == error.Kind, error.ToString());
        return error;
    }

    public void Dispose() => shared.Dispose();

    private HostResult<IncomingResponse, HttpErrorKind> Fetch(string method, string url, string? body, uint? timeoutMs, KeyValuePair<string, string>[] headers) =>
        calls.Fetch(new OutgoingRequest(method, url, headers, body is null ? default : GuestBody.OfText(body), timeoutMs));
}
