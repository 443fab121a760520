using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Alga.Extensions.Contracts.Execution;
using Dapper;
using Npgsql;
using Xunit.Abstractions;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>Counts what is allocated for a request, which depends on the code and not on the machine. Alone, since it is counted for the whole process.</summary>
[Collection(AllocationCollection.Name)]
public sealed class AllocationTests(GatewayHost host, ITestOutputHelper output) : IClassFixture<GatewayHost>
{
    /// <summary>Half as much again as was measured; docs/benchmarks.md names the figure.</summary>
    private const int MostBytes = 19_500;
    private const int Calls = 1_000;

    [Fact]
    public async Task A_proxied_request_allocates_no_more_than_is_stated()
    {
        await using (var owner = new NpgsqlConnection(host.Owner))
        {
            await owner.ExecuteAsync("update quota_plan set tenant_requests_per_second = 100000, tenant_burst = 100000, extension_requests_per_second = 100000, extension_burst = 100000");
        }

        using var runner = new PlainRunner();
        await using var gateway = host.BuildWith(runner.Url, _ => { });
        await gateway.StartAsync();
        using var connection = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await connection.ConnectAsync(IPAddress.Loopback, new Uri(gateway.Urls.Single()).Port);
        var request = Encoding.ASCII.GetBytes(
            $"GET /api/ext/{GatewayHost.Extension}/reports/1 HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer ada\r\nAccept: application/json\r\nUser-Agent: test\r\n\r\n");
        var buffer = new byte[16 * 1024];
        // Until everything is compiled for good.
        for (var call = 0; call < Calls; call++) Call(connection, request, buffer);

        var perCall = new List<long>();
        for (var round = 0; round < 3; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var call = 0; call < Calls; call++) Call(connection, request, buffer);
            perCall.Add((GC.GetTotalAllocatedBytes(precise: true) - before) / Calls);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"gateway_allocated_bytes: {perCall.Min()}"));
        // The least of three: what the process does in the background comes on top of some.
        Assert.InRange(perCall.Min(), 1_000, MostBytes);
    }

    /// <summary>Sends and reads without allocating.</summary>
    private static void Call(Socket connection, byte[] request, byte[] buffer)
    {
        connection.Send(request);
        var filled = 0;
        while (!IsWhole(buffer.AsSpan(0, filled)))
        {
            var read = connection.Receive(buffer, filled, buffer.Length - filled, SocketFlags.None);
            Assert.NotEqual(0, read);
            filled += read;
        }

        Assert.True(buffer.AsSpan().StartsWith("HTTP/1.1 200"u8));
    }

    private static bool IsWhole(ReadOnlySpan<byte> answer) => answer.IndexOf("\r\n\r\n"u8) >= 0 && answer.EndsWith("{}"u8);

    /// <summary>A runner that answers every request with the same bytes and allocates nothing doing so.</summary>
    private sealed class PlainRunner : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly byte[] answer;

        public PlainRunner()
        {
            var body = JsonSerializer.SerializeToUtf8Bytes(
                new ExecuteResponse { Status = 200, Headers = new Dictionary<string, IReadOnlyList<string>> { ["content-type"] = ["application/json"] }, Body = "{}"u8.ToArray(), Usage = new ExecuteUsage() },
                ExecutionJson.Default.ExecuteResponse);
            answer = [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n")), .. body];
            listener.Start();
            new Thread(Accept) { IsBackground = true }.Start();
        }

        public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

        public void Dispose() => listener.Dispose();

        private void Accept()
        {
            try
            {
                while (true)
                {
                    var socket = listener.AcceptSocket();
                    new Thread(() => Serve(socket)) { IsBackground = true }.Start();
                }
            }
            catch (SocketException)
            {
                // The test is over.
            }
        }

        private void Serve(Socket socket)
        {
            using (socket)
            {
                var buffer = new byte[16 * 1024];
                var filled = 0;
                while (socket.Receive(buffer, filled, buffer.Length - filled, SocketFlags.None) is var read and > 0)
                {
                    filled += read;
                    // The gateway's body is JSON that ends with the outermost object.
                    if (LengthOf(buffer.AsSpan(0, filled)) != filled) continue;
                    filled = 0;
                    socket.Send(answer);
                }
            }
        }

        /// <summary>Bytes of the request that begins the buffer; -1 while its head is not whole.</summary>
        private static int LengthOf(ReadOnlySpan<byte> received)
        {
            var end = received.IndexOf("\r\n\r\n"u8);
            var at = received.IndexOf("Content-Length: "u8);
            if (end < 0 || at < 0) return -1;
            return System.Buffers.Text.Utf8Parser.TryParse(received[(at + 16)..end], out int length, out _) ? end + 4 + length : -1;
        }
    }
}

/// <summary>Runs when nothing else does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AllocationCollection
{
    public const string Name = "allocations";
}
