using System.Globalization;
using System.Text;
using Alga.Extensions.LoadDriver.Load;
using Alga.Extensions.LoadDriver.Stack;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>The same call through the gateway and straight to the runner.</summary>
internal sealed class ThroughGateway : IMeasure
{
    private const int RoundsEach = 5;
    private const int Requests = 4_000;

    public IReadOnlyList<string> Names { get; } = ["gateway_vs_runner", "gateway_added_p50_ms"];

    public async Task<IReadOnlyDictionary<string, Measurement>> RunAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        var guest = await NativeGuest.InstallAsync(stack, cancellationToken);
        var (through, straight) = await Rounds.PairAsync(
            RoundsEach,
            async () => (await GatewayAsync(Requests, 16)).RequestsPerSecond,
            async () => (await RunnerAsync(Requests, 16)).RequestsPerSecond,
            Rounds.ToBeWarm);
        var (throughMs, straightMs) = await Rounds.PairAsync(RoundsEach, async () => (await GatewayAsync(500, 1)).P50Ms, async () => (await RunnerAsync(500, 1)).P50Ms);
        return new Dictionary<string, Measurement>
        {
            ["gateway_vs_runner"] = new(through / straight, "ratio", straight, ">=0.5"),
            ["gateway_added_p50_ms"] = new(throughMs - straightMs, "ms", straightMs, "<=0.4"),
        };

        Task<LoadResult> GatewayAsync(int count, int connections)
        {
            var head = string.Create(
                CultureInfo.InvariantCulture,
                $"GET /api/ext/{guest.Name}/hello/ada HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer {BenchStack.AdminToken}\r\nAccept: application/json\r\nUser-Agent: bench\r\n\r\n");
            ReadOnlyMemory<byte> bytes = Encoding.ASCII.GetBytes(head);
            return HttpLoad.RunAsync(stack.Gateway, Enumerable.Repeat(bytes, count).ToList(), connections, cancellationToken);
        }

        Task<LoadResult> RunnerAsync(int count, int connections) =>
            HttpLoad.RunAsync(stack.Runner, ExecuteRequests.Create(stack.Tokens, guest, ExecuteRequests.Hello, count), connections, cancellationToken);
    }
}
