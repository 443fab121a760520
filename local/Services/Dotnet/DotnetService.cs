using System.Security.Cryptography;
using Alga.Extensions.Services.Processes;

namespace Alga.Extensions.Services.Dotnet;

/// <summary>One of the platform's own programs in a process of its own, as in production.</summary>
public sealed class DotnetService(DotnetServiceOptions options) : ILocalService
{
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    private ChildProcess? process;

    public string Name => options.Name;

    public IReadOnlyList<int> Ports => [options.Port];

    public int? ProcessId => process?.Id;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(options.Assembly)) throw new ServiceException($"{Name} is not built: {options.Assembly} is missing. Run ./run, which builds it.");
        process = await ChildProcess.StartAsync(new ChildOptions
        {
            Name = Name,
            FileName = DotnetHost.Path,
            Arguments = [options.Assembly],
            Environment = options.Environment,
            // A function app looks for its host.json beside the program.
            WorkingDirectory = Path.GetDirectoryName(options.Assembly)!,
            LogFile = options.LogFile,
        }).ConfigureAwait(false);

        using var handler = new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(2) };
        handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
            certificate is not null && certificate.GetCertHashString(HashAlgorithmName.SHA256) == options.ReadThumbprint?.Invoke();
        using var client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(5) };
        await ReadyProbe.WaitAsync(Name, process, ReadyLimit, token => AskAsync(client, token), cancellationToken).ConfigureAwait(false);
    }

    public Task<string> WaitForExitAsync(CancellationToken cancellationToken) =>
        (process ?? throw new InvalidOperationException($"{Name} was not started.")).WaitForExitAsync(cancellationToken);

    public Task StopAsync() => process?.StopAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        process?.Dispose();
    }

    private async Task<string?> AskAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await client.GetAsync(options.ReadyUrl, cancellationToken).ConfigureAwait(false);
            return response.IsSuccessStatusCode || options.ReadyStatuses.Contains((int)response.StatusCode)
                ? null
                : $"{options.ReadyUrl} answers {(int)response.StatusCode}";
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"{options.ReadyUrl} does not answer";
        }
    }
}
