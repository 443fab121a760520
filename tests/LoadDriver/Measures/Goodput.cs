using System.Globalization;
using System.Text;
using Alga.Extensions.LoadDriver.Load;
using Alga.Extensions.LoadDriver.Stack;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>What is still done when ten times as many connections ask as the platform can serve, with the limit of running requests that it comes with.</summary>
internal sealed class Goodput : IMeasure
{
    private const int Connections = 16;
    private const int RoundsEach = 5;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    public IReadOnlyList<string> Names { get; } = ["gateway_goodput_at_10x"];

    public async Task<IReadOnlyDictionary<string, Measurement>> RunAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        var guest = await NativeGuest.InstallAsync(stack, cancellationToken);
        await NoLimits.SetRunningAsync(BenchStack.PortBase, extension: 25, tenant: 50, cancellationToken);
        try
        {
            var request = Encoding.ASCII.GetBytes(string.Create(
                CultureInfo.InvariantCulture,
                $"GET /api/ext/{guest.Name}/hello/ada HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer {BenchStack.AdminToken}\r\nAccept: application/json\r\nUser-Agent: bench\r\n\r\n"));
            var (tenfold, peak) = await Rounds.PairAsync(
                RoundsEach,
                async () => await SustainedLoad.RunAsync(stack.Gateway, request, 10 * Connections, Round, cancellationToken),
                async () => await SustainedLoad.RunAsync(stack.Gateway, request, Connections, Round, cancellationToken));
            return new Dictionary<string, Measurement> { ["gateway_goodput_at_10x"] = new(tenfold / peak, "ratio", peak, ">=0.9") };
        }
        finally
        {
            await NoLimits.SetAsync(BenchStack.PortBase, CancellationToken.None);
            await NoLimits.SettleAsync(CancellationToken.None);
        }
    }
}
