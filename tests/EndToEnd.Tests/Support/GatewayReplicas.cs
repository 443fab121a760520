using Alga.Extensions.Services;
using Alga.Extensions.Services.Dotnet;

namespace Alga.Extensions.EndToEnd.Tests.Support;

/// <summary>More gateways beside the platform's own, each in a process of its own with the same settings.</summary>
internal sealed class GatewayReplicas : IAsyncDisposable
{
    private readonly List<DotnetService> services = [];

    /// <summary>One client for each.</summary>
    public IReadOnlyList<GatewayClient> Clients { get; private init; } = [];

    public static async Task<GatewayReplicas> StartAsync(PlatformFixture platform, int count)
    {
        var original = platform.Processes.Single(process => process.CommandLine.Contains("Gateway.Functions", StringComparison.Ordinal));
        var settings = original.ReadEnvironment();
        var ports = Enumerable.Range(0, count).Select(_ => LoopbackPort.PickFree()).Distinct().ToList();
        var replicas = new GatewayReplicas { Clients = [.. ports.Select(port => new GatewayClient(new Uri($"http://127.0.0.1:{port}")))] };
        try
        {
            foreach (var port in ports)
            {
                var url = $"http://127.0.0.1:{port}";
                var service = new DotnetService(new DotnetServiceOptions
                {
                    Name = $"gateway-{port}",
                    Assembly = Built.Gateway,
                    Port = port,
                    ReadyUrl = new Uri(url + "/api/health"),
                    LogFile = Path.Combine(platform.Work, $"gateway-{port}.log"),
                    Environment = new Dictionary<string, string?>(settings) { ["ASPNETCORE_URLS"] = url, ["EXT_METRICS_URL"] = null },
                });
                replicas.services.Add(service);
                await service.StartAsync(CancellationToken.None);
            }
        }
        catch
        {
            await replicas.DisposeAsync();
            throw;
        }

        return replicas;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var service in services)
        {
            await service.StopAsync();
            await service.DisposeAsync();
        }
    }
}
