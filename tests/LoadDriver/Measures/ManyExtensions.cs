using Alga.Extensions.LoadDriver.Load;
using Alga.Extensions.LoadDriver.Stack;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>500 extensions that are all warm: what they take of memory, what they cost a request, and whether 200,000 requests leave anything behind.</summary>
internal sealed class ManyExtensions : IMeasure
{
    private const int Extensions = 500;
    private const int Connections = 16;
    private const int RoundsEach = 5;
    private const int Requests = 6_000;
    private const int Many = 200_000;

    public IReadOnlyList<string> Names { get; } = ["warm_500_extensions_mb", "execute_500_vs_1_extensions", "memory_growth_200k_requests_mb"];

    public async Task<IReadOnlyDictionary<string, Measurement>> RunAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        var guests = await PublishedCopies.PublishAsync(stack, "many", Extensions, cancellationToken);
        await PublishedCopies.EachAsync("warm", guests.Count, number => FirstRequest.SendAsync(stack, guests[number], cancellationToken), cancellationToken);
        var runner = RunnerProcess.Find();

        var (many, one) = await Rounds.PairAsync(RoundsEach, () => RateAsync(guests), () => RateAsync([guests[0]]));
        var warm = runner.ResidentMb();
        for (var sent = 0; sent < Many; sent += Requests) await RateAsync(guests);

        return new Dictionary<string, Measurement>
        {
            [Names[0]] = new(warm, "MB", null, "<=1500"),
            [Names[1]] = new(many / one, "ratio", one, ">=0.8"),
            [Names[2]] = new(runner.ResidentMb() - warm, "MB", null, "<=32"),
        };

        async Task<double> RateAsync(IReadOnlyList<InstalledGuest> targets)
        {
            var each = Requests / targets.Count;
            var requests = targets.SelectMany(guest => ExecuteRequests.Create(stack.Tokens, guest, ExecuteRequests.Hello, each)).ToArray();
            // In turns, so that no extension has a moment to itself.
            Random.Shared.Shuffle(requests);
            return (await HttpLoad.RunAsync(stack.Runner, requests, Connections, cancellationToken)).RequestsPerSecond;
        }
    }
}
