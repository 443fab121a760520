using System.Globalization;

namespace Alga.Extensions.Gateway.Tail;

/// <summary>Where a watcher is: the id of an event, and what it sends back as <c>Last-Event-ID</c>.</summary>
/// <param name="SessionId">Its session.</param>
/// <param name="Latest">Start of the latest execution that it was sent, in UTC.</param>
internal sealed record TailPlace(Guid SessionId, DateTime Latest)
{
    private const long MaxMicroseconds = 4_102_444_800_000_000; // 2100-01-01

    /// <summary>Reads what <see cref="ToString"/> wrote; null for anything else.</summary>
    public static TailPlace? Parse(string text) =>
        text.Split('.') is [var session, var latest]
        && Guid.TryParseExact(session, "N", out var sessionId)
        && long.TryParse(latest, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds <= MaxMicroseconds
            ? new TailPlace(sessionId, DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond))
            : null;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{SessionId:N}.{(Latest - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}");
}
