using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Alga.Extensions.Gateway.Invoke;

/// <summary>
/// The one place that tries again: only where no connection came about, so that no request is ever executed twice by it; at most
/// twice more, with jitter. Where most connections fail, requests are refused at once for a moment instead of all trying in vain.
/// </summary>
internal sealed class RunnerConnections
{
    private readonly CircuitBreakerStateProvider circuit = new();
    private readonly ResiliencePipeline<HttpResponseMessage> pipeline;

    public RunnerConnections(TimeProvider time) => pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            ShouldHandle = new PredicateBuilder<HttpResponseMessage>().Handle<Exception>(exception => IsNotSent(exception) && exception is not BrokenCircuitException),
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromMilliseconds(50),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
        {
            ShouldHandle = new PredicateBuilder<HttpResponseMessage>().Handle<Exception>(IsNotSent),
            FailureRatio = 0.5,
            MinimumThroughput = 20,
            SamplingDuration = TimeSpan.FromSeconds(5),
            BreakDuration = TimeSpan.FromSeconds(1),
            StateProvider = circuit,
        })
        .Build();

    /// <summary>Whether requests are refused at once.</summary>
    public bool IsOpen => circuit.CircuitState == CircuitState.Open;

    /// <summary>Sends a request; each attempt makes its message anew.</summary>
    public async Task<HttpResponseMessage> SendAsync(Func<CancellationToken, Task<HttpResponseMessage>> send, CancellationToken cancellationToken) =>
        await pipeline.ExecuteAsync(static async (state, token) => await state(token), send, cancellationToken);

    /// <summary>Whether surely no runner got the request: refused, no address, or the time to connect ran out, which arrives as a cancellation.</summary>
    public static bool IsNotSent(Exception exception) => exception
        is BrokenCircuitException
        or HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError }
        or OperationCanceledException { InnerException: TimeoutException };
}
