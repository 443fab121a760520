using System.Security.Cryptography;
using System.Text;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.LoadDriver.Load;
using Alga.Extensions.LoadDriver.Stack;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>Bodies through the whole of <c>POST /v1/execute</c> and back, one request at a time.</summary>
internal sealed class Bodies : IMeasure
{
    /// <summary>Calls until the runner runs what it will run from then on, as for <see cref="Rounds.ToBeWarm"/>.</summary>
    private const int Warming = 200;
    private const int Calls = 60;

    public IReadOnlyList<string> Names { get; } = ["text_echo_1mb_p50_ms", "binary_echo_256kb_p50_ms"];

    public async Task<IReadOnlyDictionary<string, Measurement>> RunAsync(BenchStack stack, CancellationToken cancellationToken)
    {
        var guest = await stack.InstallAsync(BenchGuests.TypeScriptFolder, cancellationToken);
        var text = Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(512 * 1024)));
        var binary = RandomNumberGenerator.GetBytes(256 * 1024);
        binary[0] = 0xff;
        return new Dictionary<string, Measurement>
        {
            ["text_echo_1mb_p50_ms"] = new(await P50Async(ExecuteRequests.Echo(text, "text/plain")), "ms", null, "<=15"),
            ["binary_echo_256kb_p50_ms"] = new(await P50Async(ExecuteRequests.Echo(binary, "application/octet-stream")), "ms", null, "<=60"),
        };

        async Task<double> P50Async(ExecuteHttp http)
        {
            await HttpLoad.RunAsync(stack.Runner, ExecuteRequests.Create(stack.Tokens, guest, http, Warming), 1, cancellationToken);
            return (await HttpLoad.RunAsync(stack.Runner, ExecuteRequests.Create(stack.Tokens, guest, http, Calls), 1, cancellationToken)).P50Ms;
        }
    }
}
