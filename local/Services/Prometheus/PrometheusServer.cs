using System.Globalization;
using System.Text;
using Alga.Extensions.Services.Processes;

namespace Alga.Extensions.Services.Prometheus;

/// <summary>Debian's Prometheus on loopback, with the platform's rules.</summary>
public sealed class PrometheusServer(PrometheusOptions options) : ILocalService
{
    /// <summary>The program.</summary>
    public const string Program = "prometheus";

    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    private ChildProcess? process;

    public string Name => "prometheus";

    public IReadOnlyList<int> Ports => [options.Port];

    public int? ProcessId => process?.Id;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.StateFolder);
        var configuration = Path.Combine(options.StateFolder, "prometheus.yml");
        await File.WriteAllTextAsync(configuration, Configuration(), cancellationToken).ConfigureAwait(false);
        process = await ChildProcess.StartAsync(new ChildOptions
        {
            Name = Name,
            FileName = Program,
            Arguments =
            [
                $"--config.file={configuration}",
                $"--storage.tsdb.path={Path.Combine(options.StateFolder, "data")}",
                "--storage.tsdb.retention.time=1d",
                $"--web.listen-address=127.0.0.1:{options.Port.ToString(CultureInfo.InvariantCulture)}",
                "--log.level=warn",
            ],
            WorkingDirectory = options.StateFolder,
            LogFile = options.LogFile,
        }).ConfigureAwait(false);

        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(2) };
        var ready = new Uri($"http://127.0.0.1:{options.Port}/-/ready");
        await ReadyProbe.WaitAsync(Name, process, ReadyLimit, AskAsync, cancellationToken).ConfigureAwait(false);

        async Task<string?> AskAsync(CancellationToken token)
        {
            try
            {
                using var response = await client.GetAsync(ready, token).ConfigureAwait(false);
                return response.IsSuccessStatusCode ? null : $"{ready} answers {(int)response.StatusCode}";
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException && !token.IsCancellationRequested)
            {
                return exception.Message;
            }
        }
    }

    public Task<string> WaitForExitAsync(CancellationToken cancellationToken) =>
        (process ?? throw new InvalidOperationException("Prometheus was not started.")).WaitForExitAsync(cancellationToken);

    public Task StopAsync() => process?.StopAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        process?.Dispose();
    }

    private string Configuration()
    {
        var text = new StringBuilder();
        text.AppendLine("global: { scrape_interval: 2s, scrape_timeout: 2s, evaluation_interval: 15s }");
        text.AppendLine(CultureInfo.InvariantCulture, $"rule_files: ['{options.Rules}']");
        text.AppendLine("scrape_configs:");
        foreach (var (job, port) in options.Targets)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  - {{ job_name: {job}, static_configs: [{{ targets: ['127.0.0.1:{port}'] }}] }}");
        }

        return text.ToString();
    }
}
