using System.Net.Http.Headers;
using Alga.Extensions.Secrets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.LoadReports;

/// <summary>
/// Tells the scaler every two seconds, and at once when the first request comes, what this process has in flight. Losing a
/// report costs nothing: the next one says it all.
/// </summary>
internal sealed class LoadReporter(Uri scaler, LoadComponent component, InFlight inFlight, SecretVault vault, TimeProvider time, ILogger<LoadReporter> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly Guid source = Guid.CreateVersion7();
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(1) })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    private readonly Uri target = new(scaler, LoadReport.Path);
    private bool failing;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken).ConfigureAwait(false);
        // What this process no longer has is not counted until its last report grows old.
        await ReportAsync(0, cancellationToken).ConfigureAwait(false);
    }

    public override void Dispose()
    {
        client.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await ReportAsync(inFlight.Count, stoppingToken).ConfigureAwait(false);
            await inFlight.WaitForFirstAsync(Interval, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ReportAsync(int count, CancellationToken cancellationToken)
    {
        try
        {
            var report = new LoadReport(source, component, Math.Min(count, LoadReport.MaxInFlight), time.GetUtcNow().ToUnixTimeMilliseconds()).ToJson();
            using var message = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(report) };
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            var key = await vault.GetRequiredBytesAsync(LoadReportKey.SecretName, cancellationToken).ConfigureAwait(false);
            message.Headers.TryAddWithoutValidation("Authorization", LoadReportKey.Sign(key, report));
            using var response = await client.SendAsync(message, cancellationToken).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
            failing = false;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or SecretUnavailableException)
        {
            if (cancellationToken.IsCancellationRequested || failing) return;
            // Told once; requests are answered all the same, and the autoscaler falls back to what it was told to.
            failing = true;
            Log.ReportFailed(logger, exception);
        }
    }
}
