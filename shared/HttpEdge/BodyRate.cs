using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Alga.Extensions.HttpEdge;

/// <summary>
/// How fast a request's body has to arrive while somebody reads it. What a body holds, such as a place for uploads or one of a tenant's running requests, it holds
/// until it is there: without a rate a few clients that send a byte now and then hold all of them.
/// </summary>
public static class BodyRate
{
    /// <summary>
    /// Bytes a second that arrive at least, on average since the reading began. A phone on EDGE sends some 8 KiB a second, so a browser on a poor
    /// connection passes, even with two requests at once. The server's own default is 240, which anybody can keep up for hours on all places together.
    /// </summary>
    public const int MinBytesPerSecond = 4 * 1024;

    /// <summary>Seconds for which the rate is not looked at: a connection begins slowly, breaks off in a tunnel, and sends what was lost once more.</summary>
    public const int GraceSeconds = 10;

    private static readonly Refusal TooSlow = new(
        ErrorCode.BodyTooSlow, $"The body arrived at less than {MinBytesPerSecond} bytes a second; send it again over a faster connection.");

    /// <summary>The rate as the server enforces it: it ends a read with 408.</summary>
    internal static MinDataRate Limit => new(MinBytesPerSecond, TimeSpan.FromSeconds(GraceSeconds));

    /// <summary>The answer to a body that was too slow; what follows on the connection is the rest of it, so that ends.</summary>
    internal static ProblemResult Refuse(HttpResponse response)
    {
        if (!response.HasStarted) response.Headers.Connection = "close";
        return new ProblemResult(TooSlow);
    }
}
