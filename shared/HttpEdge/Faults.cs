using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.HttpEdge;

/// <summary>Turns an exception into an answer. Its text goes to the log and never to the caller.</summary>
internal sealed class Faults(IEnumerable<Outage> outages, ILogger<Edge> logger)
{
    /// <summary>Nginx's "client closed request": nobody reads it, but logs and metrics can tell it from a fault.</summary>
    public const int ClientClosedRequest = 499;

    private readonly Outage[] outages = [.. outages];

    public IResult ToResult(Exception exception, EdgeRequest edge)
    {
        if (edge.Aborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            Log.CallerGone(logger, edge.RequestId);
            return Results.StatusCode(ClientClosedRequest);
        }

        if (exception is BadHttpRequestException bad)
        {
            Log.BadRequest(logger, edge.RequestId, bad.Message);
            return bad.StatusCode switch
            {
                StatusCodes.Status408RequestTimeout => BodyRate.Refuse(edge.Http.HttpContext.Response),
                StatusCodes.Status413PayloadTooLarge => new ProblemResult(new Refusal(ErrorCode.BodyTooLarge, "The body is too large.")),
                _ => new ProblemResult(new Refusal(ErrorCode.InvalidRequest, "The request's body is malformed or was cut off.")),
            };
        }

        if (Array.Find(outages, outage => outage.Explains(exception)) is { } known)
        {
            Log.Outage(logger, edge.RequestId, known.Name, exception);
            return new ProblemResult(known.Refusal);
        }

        Log.Unhandled(logger, edge.RequestId, exception);
        return new ProblemResult(new Refusal(ErrorCode.Internal, "Try again later; if it stays, report the request id."));
    }
}
