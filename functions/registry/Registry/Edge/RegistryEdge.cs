using Alga.Extensions.Authentication;
using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts;
using Alga.Extensions.HttpEdge;
using Alga.Extensions.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Registry.Edge;

/// <summary>What every request to the registry has in common: a known caller, and refusals with the registry's statuses.</summary>
public sealed partial class RegistryEdge(HttpEdge.Edge edge, ICallerAuthenticator authenticator, TimeProvider time, ILogger<RegistryEdge> logger)
{
    /// <summary>Runs a handler for a caller who is signed in.</summary>
    /// <param name="operation">Name of the span.</param>
    /// <param name="request">The request.</param>
    /// <param name="handle">Does the work.</param>
    public Task<IResult> RunAsync(string operation, HttpRequest request, Func<RegistryCall, Task<IResult>> handle) =>
        edge.RunAsync(operation, request, async edgeRequest =>
        {
            var result = await AnswerAsync(edgeRequest, handle).ConfigureAwait(false);
            await RequestDrain.RunAsync(request, time).ConfigureAwait(false);
            return result;
        });

    private async Task<IResult> AnswerAsync(EdgeRequest request, Func<RegistryCall, Task<IResult>> handle)
    {
        var authenticated = await authenticator.AuthenticateAsync(request.Http, request.Aborted).ConfigureAwait(false);
        if (!authenticated.TryGet(out var caller, out var refusal)) return refusal.ToProblem();
        try
        {
            return await handle(new RegistryCall(request, caller)).ConfigureAwait(false);
        }
        catch (BundleStoreException exception)
        {
            LogStoreDown(logger, request.RequestId, exception);
            return new Refusal(ErrorCode.BundleUnavailable, "The bundle store does not answer; nothing was changed, try again later.").ToProblem();
        }
        catch (SecretUnavailableException exception)
        {
            LogVaultDown(logger, request.RequestId, exception);
            return new Refusal(ErrorCode.Overloaded, "The registry's signing key is out of reach; nothing was changed, try again later.").ToProblem();
        }
        catch (NpgsqlException exception) when (exception.IsTransient)
        {
            LogDatabaseDown(logger, request.RequestId, exception);
            return new Refusal(ErrorCode.Overloaded, "The database does not answer; try again later, a repeated request does no harm.").ToProblem();
        }
    }

    [LoggerMessage(2100, LogLevel.Error, "Request {RequestId}: the bundle store failed")]
    private static partial void LogStoreDown(ILogger logger, Guid requestId, Exception exception);

    [LoggerMessage(2103, LogLevel.Error, "Request {RequestId}: the key vault failed")]
    private static partial void LogVaultDown(ILogger logger, Guid requestId, Exception exception);

    [LoggerMessage(2101, LogLevel.Error, "Request {RequestId}: the database failed")]
    private static partial void LogDatabaseDown(ILogger logger, Guid requestId, Exception exception);
}
