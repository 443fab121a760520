using Alga.Extensions.Registry.Edge;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Registry.Health;

/// <summary>Body of <c>GET /api/health</c>.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Database"><c>ok</c> or <c>unavailable</c>.</param>
public sealed record HealthReport(string Status, string Database);

/// <summary>Whether the registry can work. Needs no token and tells nothing but that.</summary>
public sealed partial class HealthEndpoint(HttpEdge.Edge edge, NpgsqlDataSource dataSource, ILogger<HealthEndpoint> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary><c>GET /api/health</c>: 200 when the database answers within 2 s, else 503.</summary>
    public Task<IResult> GetAsync(HttpRequest request) => edge.RunAsync("registry.health", request, async call =>
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(call.Aborted);
        timeout.CancelAfter(Patience);
        try
        {
            await using var command = dataSource.CreateCommand("select 1");
            await command.ExecuteScalarAsync(timeout.Token).ConfigureAwait(false);
            return RegistryResults.Json(new HealthReport("ok", "ok"), RegistryJson.Default.HealthReport);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException && !call.Aborted.IsCancellationRequested)
        {
            LogUnavailable(logger, exception);
            return RegistryResults.Json(
                new HealthReport("unavailable", "unavailable"), RegistryJson.Default.HealthReport, StatusCodes.Status503ServiceUnavailable);
        }
    });

    [LoggerMessage(2102, LogLevel.Warning, "The database does not answer the health check")]
    private static partial void LogUnavailable(ILogger logger, Exception exception);
}
