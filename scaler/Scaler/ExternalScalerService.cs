using Alga.Extensions.Scaler.Protocol;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Scaler;

/// <summary>Answers KEDA.</summary>
internal sealed class ExternalScalerService(LoadBook book, TimeProvider time, ILogger<ExternalScalerService> logger) : ExternalScaler.ExternalScalerBase
{
    /// <summary>Name of the one metric.</summary>
    public const string MetricName = "alga-runner-in-flight";

    // A report that grows old changes the answer too, and sends no signal.
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    public override Task<IsActiveResponse> IsActive(ScaledObjectRef request, ServerCallContext context) =>
        Task.FromResult(new IsActiveResponse { Result = InFlight(ScalingPolicy.Read(request)) > 0 });

    public override async Task StreamIsActive(ScaledObjectRef request, IServerStreamWriter<IsActiveResponse> responseStream, ServerCallContext context)
    {
        var policy = ScalingPolicy.Read(request);
        bool? told = null;
        while (!context.CancellationToken.IsCancellationRequested)
        {
            // Taken before the look, so that no report falls in between.
            var next = book.NextReportAsync();
            var active = InFlight(policy) > 0;
            if (active != told)
            {
                await responseStream.WriteAsync(new IsActiveResponse { Result = active }, context.CancellationToken);
                told = active;
            }

            await Task.WhenAny(next, Task.Delay(LookAgain, time, context.CancellationToken));
        }
    }

    public override Task<GetMetricSpecResponse> GetMetricSpec(ScaledObjectRef request, ServerCallContext context)
    {
        var target = ScalingPolicy.Read(request).TargetInFlight;
        // Both fields: versions of KEDA differ in which one they read, and the other is 0 to them.
        return Task.FromResult(new GetMetricSpecResponse
        {
            MetricSpecs = { new MetricSpec { MetricName = MetricName, TargetSize = target, TargetSizeFloat = target } },
        });
    }

    public override Task<GetMetricsResponse> GetMetrics(GetMetricsRequest request, ServerCallContext context)
    {
        if (request.MetricName.Length > 0 && request.MetricName != MetricName)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, $"There is one metric, {MetricName}."));
        }

        var inFlight = InFlight(ScalingPolicy.Read(request.ScaledObjectRef));
        return Task.FromResult(new GetMetricsResponse
        {
            MetricValues = { new MetricValue { MetricName = MetricName, MetricValue_ = inFlight, MetricValueFloat = inFlight } },
        });
    }

    /// <exception cref="RpcException">Unavailable: nobody reported, and then the fallback of the ScaledObject says how many replicas there are.</exception>
    private int InFlight(ScalingPolicy policy)
    {
        if (book.InFlight() is { } inFlight) return inFlight;
        if (policy.SilenceIsIdle) return 0;
        Log.Silence(logger);
        throw new RpcException(new Status(StatusCode.Unavailable, "No gateway and no runner has reported its load lately."));
    }
}
