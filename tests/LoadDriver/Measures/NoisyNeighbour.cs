using Alga.Extensions.LoadDriver.Load;
using Alga.Extensions.LoadDriver.Stack;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>
/// What a tenant's slowest requests take while another sends ten times what its share of the runner's threads holds, of guests that
/// never end or take all memory they get. All of the first one's requests have to be answered with 200.
/// </summary>
internal sealed class NoisyNeighbour : IMeasure
{
    private const int RoundsEach = 5;
    private const int Requests = 1_500;
    private const int Connections = 4;
    private const int NoisyConnections = 20;
    private const int NoisyTimeoutMs = 300;
    private static readonly Guid Neighbour = Guid.Parse("01936b2e-0000-7000-8000-0000000910be");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan NoisyPause = TimeSpan.FromMilliseconds(20);

    public IReadOnlyList<string> Names { get; } = ["noisy_loop_p99", "noisy_memory_p99"];

    public async Task<IReadOnlyDictionary<string, Measurement>> RunAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        var quiet = await NativeGuest.InstallAsync(stack, cancellationToken);
        var noisy = await NativeGuest.InstallAsync(stack, "noise", cancellationToken);
        // The first round on a runner that just started measures its compiler.
        await AloneAsync();
        return new Dictionary<string, Measurement>
        {
            ["noisy_loop_p99"] = await CompareAsync("POST"),
            ["noisy_memory_p99"] = await CompareAsync("PATCH"),
        };

        async Task<Measurement> CompareAsync(string method)
        {
            var (beside, alone) = await Rounds.PairAsync(RoundsEach, () => BesideAsync(method), AloneAsync);
            return new Measurement(beside / alone, "ratio", alone, "<=2");
        }

        async Task<double> AloneAsync()
        {
            var requests = ExecuteRequests.Create(stack.Tokens, quiet, ExecuteRequests.Hello, Requests);
            return Percentiles.At(await PacedLoad.RunAsync(stack.Runner, requests, Connections, Pause, status => status == 200, cancellationToken), 0.99);
        }

        async Task<double> BesideAsync(string method)
        {
            // More than are sent in a round: each is stopped after its time, or refused.
            var noise = ExecuteRequests.Create(stack.Tokens, Neighbour, noisy, ExecuteRequests.Hello with { Method = method }, NoisyTimeoutMs, 200 * NoisyConnections);
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var running = PacedLoad.RunAsync(stack.Runner, noise, NoisyConnections, NoisyPause, _ => true, enough.Token);
            await Task.Delay(NoisyTimeoutMs, cancellationToken);
            var slowest = await AloneAsync();
            await enough.CancelAsync();
            await running;
            return slowest;
        }
    }
}
