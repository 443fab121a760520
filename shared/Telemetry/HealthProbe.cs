namespace Alga.Extensions.Telemetry;

/// <summary>Asks a service on this machine how it is: for images without a shell, whose health check is the program itself.</summary>
public static class HealthProbe
{
    /// <summary>The one argument that makes a service ask instead of serve.</summary>
    public const string Argument = "healthcheck";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Gives the exit code: 0 when the answer is a success, 1 otherwise.</summary>
    /// <param name="port">Where the service listens.</param>
    /// <param name="path">What is asked for, such as <c>/healthz</c>.</param>
    public static async Task<int> RunAsync(int port, string path)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var response = await client.GetAsync(new UriBuilder("http", "127.0.0.1", port, path).Uri).ConfigureAwait(false);
            return response.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return 1;
        }
    }
}
