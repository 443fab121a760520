using System.Globalization;
using System.Net.Http.Headers;
using Alga.Extensions.Services.Processes;

namespace Alga.Extensions.Services.Azurite;

/// <summary>Azure Storage for development: Blob and Queue on loopback, with an account key of its own.</summary>
public sealed class AzuriteServer(AzuriteOptions options) : ILocalService
{
    private const string Account = "devstoreaccount1";
    private static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(60);

    private ChildProcess? process;

    public string Name => "azurite";

    public IReadOnlyList<int> Ports => [options.BlobPort, options.QueuePort];

    public int? ProcessId => process?.Id;

    /// <summary>Connection string for the Azure Storage clients.</summary>
    public string ConnectionString => ConnectionStringBy(options.BlobPort);

    /// <summary>The same, with a port of 127.0.0.1 for blobs on which something stands in between.</summary>
    public string ConnectionStringBy(int blobPort) =>
        $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={AccountKey};"
        + $"BlobEndpoint=http://127.0.0.1:{blobPort}/{Account};QueueEndpoint=http://127.0.0.1:{options.QueuePort}/{Account};";

    private string AccountKey => SecretFile.ReadOrCreate(Path.Combine(options.StateFolder, "azurite.key"), Convert.ToBase64String);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var package = NodePackages.Find(options.RepositoryRoot, "azurite");
        var data = Path.Combine(options.StateFolder, "azurite");
        Directory.CreateDirectory(data);
        process = await ChildProcess.StartAsync(new ChildOptions
        {
            Name = Name,
            FileName = "node",
            Arguments =
            [
                Path.Combine(package, "dist", "src", "azurite.js"),
                "--blobHost", "127.0.0.1", "--blobPort", Text(options.BlobPort),
                "--queueHost", "127.0.0.1", "--queuePort", Text(options.QueuePort),
                // Tables cannot be switched off; 0 takes any free port, and nobody uses it.
                "--tableHost", "127.0.0.1", "--tablePort", "0",
                "--location", data, "--silent", "--disableTelemetry", "--skipApiVersionCheck",
            ],
            Environment = new Dictionary<string, string?> { ["AZURITE_ACCOUNTS"] = $"{Account}:{AccountKey}" },
            WorkingDirectory = data,
            LogFile = options.LogFile,
        }).ConfigureAwait(false);

        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        await ReadyProbe.WaitAsync(Name, process, ReadyLimit, AskAsync, cancellationToken).ConfigureAwait(false);

        async Task<string?> AskAsync(CancellationToken token) =>
            await AnswersAsync(client, options.BlobPort, token).ConfigureAwait(false)
            ?? await AnswersAsync(client, options.QueuePort, token).ConfigureAwait(false);
    }

    public Task<string> WaitForExitAsync(CancellationToken cancellationToken) =>
        (process ?? throw new InvalidOperationException("Azurite was not started.")).WaitForExitAsync(cancellationToken);

    public Task StopAsync() => process?.StopAsync() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        process?.Dispose();
    }

    /// <summary>Any answer will do, also a refusal: the request carries no key.</summary>
    private static async Task<string?> AnswersAsync(HttpClient client, int port, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}/{Account}?comp=list");
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("alga-extensions", "1"));
            using var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (HttpRequestException exception)
        {
            return exception.Message;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"port {port} does not answer";
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
