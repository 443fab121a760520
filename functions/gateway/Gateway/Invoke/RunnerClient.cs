using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.HttpEdge;
using Alga.Extensions.LoadReports;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Gateway.Invoke;

/// <summary>Calls the runner over one pooled client. What comes back is a guest's answer or a refusal for the caller.</summary>
internal sealed class RunnerClient : IDisposable
{
    /// <summary>A body of ten MiB in base64, and room for headers and the rest.</summary>
    private const int MaxAnswerBytes = (PlatformLimits.MaxTextBodyBytes / 3 * 4) + (1024 * 1024);

    /// <summary>The refusal when no runner took the request, so that surely nothing was executed.</summary>
    internal static readonly Refusal NotReached = new(ErrorCode.RunnerUnavailable, "The extension runner cannot be reached; try again.");

    private static readonly Refusal Lost = new(ErrorCode.RunnerUnavailable, "The extension runner went away; what became of the request is not known.");

    /// <summary>Name of the <see cref="ActivitySource"/>.</summary>
    public const string ActivitySourceName = "Alga.Extensions.Gateway";

    private static readonly ActivitySource Source = new(ActivitySourceName);

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(250);

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpMessageInvoker client;
    private readonly RunnerConnections connections;
    private readonly TokenIssuerSource issuers;
    private readonly InFlight inFlight;
    private readonly TimeProvider time;
    private readonly TimeSpan timeout;
    private readonly TimeSpan hold;
    private readonly Uri execute;
    private readonly ILogger logger;

    public RunnerClient(GatewayOptions options, TokenIssuerSource issuers, InFlight inFlight, TimeProvider time, ILogger<RunnerClient> logger)
    {
        this.issuers = issuers;
        this.inFlight = inFlight;
        this.time = time;
        this.logger = logger;
        timeout = options.Timeout;
        connections = new RunnerConnections(time);
        hold = options.Hold;
        execute = new Uri(options.RunnerBaseUrl.AbsoluteUri.TrimEnd('/') + "/v1/execute");
        // Deadlines and bounds are kept here, so what HttpClient adds to its handler is not needed.
        client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectCallback = connections.ConnectAsync,
            // New replicas of the runner get their share, and names are looked up anew.
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        });
    }

    /// <summary>Whether connections are not even tried at this moment, because most of the last ones failed.</summary>
    internal bool IsCircuitOpen => connections.IsOpen;

    /// <summary>
    /// Runs the request; a token of its own goes with it. While no runner takes connections it is held, as long as the
    /// settings say: nothing of it was sent, so trying again runs nothing twice.
    /// </summary>
    public async Task<Outcome<ExecuteResponse>> ExecuteAsync(ExecuteRequest request, CancellationToken aborted)
    {
        using var counted = inFlight.Enter();
        using var span = Source.StartActivity("runner.execute", ActivityKind.Client);
        span?.SetTag("alga.tenant_id", request.Context.TenantId.ToString("D"))
            .SetTag("alga.extension_id", request.Context.ExtensionId)
            .SetTag("alga.install_id", request.Context.InstallId.ToString("D"));
        var outcome = await HoldAsync(request, aborted);
        span?.SetTag("alga.outcome", outcome.TryGet(out _, out var refusal) ? "ok" : ErrorTable.Describe(refusal.Code).Name);
        return outcome;
    }

    private async Task<Outcome<ExecuteResponse>> HoldAsync(ExecuteRequest request, CancellationToken aborted)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, ExecutionJson.Default.ExecuteRequest);
        var arrived = time.GetTimestamp();
        while (true)
        {
            var issuer = await issuers.GetAsync(aborted);
            using var deadline = new CancellationTokenSource(timeout, time);
            await using var left = aborted.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), deadline);
            try
            {
                using var message = new HttpRequestMessage(HttpMethod.Post, execute) { Content = new ByteArrayContent(body) };
                message.Content.Headers.ContentType = Json;
                message.Headers.TryAddWithoutValidation("Authorization", issuer.IssueHeader(request, body));
                using var response = await client.SendAsync(message, deadline.Token);
                return await ReadAsync(response, request.Context.RequestId, deadline.Token);
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested && !aborted.IsCancellationRequested)
            {
                return new Refusal(ErrorCode.Timeout, "The extension did not answer in time.");
            }
            catch (Exception exception) when (RunnerConnections.IsNotSent(exception) && time.GetElapsedTime(arrived) < hold)
            {
                // Held: tried again below.
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException)
            {
                Log.RunnerUnavailable(logger, request.Context.RequestId, exception);
                return RunnerConnections.IsNotSent(exception) ? NotReached : Lost;
            }

            await Task.Delay(BetweenAttempts, time, aborted);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<Outcome<ExecuteResponse>> ReadAsync(HttpResponseMessage response, Guid requestId, CancellationToken cancellationToken)
    {
        using var stream = response.Content.ReadAsStream(cancellationToken);
        var read = await BoundedBody.ReadAsync(stream, response.Content.Headers.ContentLength, MaxAnswerBytes, cancellationToken);
        if (!read.TryGet(out var body, out _))
        {
            return new Refusal(ErrorCode.InvalidResponse, "The extension's answer is too large.");
        }

        using (body)
        {
            var outcome = response.StatusCode == HttpStatusCode.OK
                ? RunnerAnswer.FromExecution(body.Memory.Span)
                : RunnerAnswer.FromProblem((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, body.Memory.Span);
            if (!outcome.TryGet(out _, out var refusal) && (refusal.Code == ErrorCode.Internal || ReferenceEquals(refusal, RunnerAnswer.NotTrusted))) Log.RunnerRefused(logger, requestId, (int)response.StatusCode);
            return outcome;
        }
    }
}
