using System.Net.Sockets;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Alga.Extensions.Gateway.Invoke;

/// <summary>
/// Opens connections to the runner, which is the one thing that is tried again: no request was sent on them yet, so none is ever executed
/// twice by it. At most twice more, with jitter; where most attempts fail, the next are refused at once for a moment instead of all trying
/// in vain. A request on a connection that is there costs nothing of this.
/// </summary>
internal sealed class RunnerConnections
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CircuitBreakerStateProvider circuit = new();
    private readonly ResiliencePipeline pipeline;

    public RunnerConnections(TimeProvider time) => pipeline = new ResiliencePipelineBuilder { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<SocketException>().Handle<TimeoutRejectedException>(),
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(50),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            ShouldHandle = new PredicateBuilder().Handle<SocketException>().Handle<TimeoutRejectedException>(),
            FailureRatio = 0.5,
            MinimumThroughput = 20,
            SamplingDuration = TimeSpan.FromSeconds(5),
            BreakDuration = TimeSpan.FromSeconds(1),
            StateProvider = circuit,
        })
        .AddTimeout(Patience)
        .Build();

    /// <summary>Whether connections are refused at once.</summary>
    public bool IsOpen => circuit.CircuitState == CircuitState.Open;

    /// <summary>A new connection, for <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    public ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) =>
        pipeline.ExecuteAsync(static (context, token) => OpenAsync(context, token), context, cancellationToken);

    /// <summary>Whether surely no runner got the request: refused, no address, or the time to connect ran out.</summary>
    public static bool IsNotSent(Exception exception) => exception
        is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError };

    private static async ValueTask<Stream> OpenAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
