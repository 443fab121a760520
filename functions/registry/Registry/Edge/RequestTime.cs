using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Edge;

/// <summary>How long a body may be on its way. The server ends what is slower than <see cref="HttpEdge.BodyRate"/>; one of that rate would hold a place for hours.</summary>
internal static class RequestTime
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly Refusal TooLong = new(ErrorCode.BodyTooSlow, $"The body was on its way for more than {Longest.TotalMinutes:0} minutes; send it again over a faster connection.");

    /// <summary>What reading a body gives, or <c>body_too_slow</c> when its time was over before.</summary>
    /// <param name="read">Reads until its token is cancelled.</param>
    /// <param name="time">The clock.</param>
    /// <param name="aborted">Fires when the caller has gone.</param>
    public static async Task<Outcome<T>> ReadAsync<T>(Func<CancellationToken, Task<Outcome<T>>> read, TimeProvider time, CancellationToken aborted)
    {
        using var deadline = new CancellationTokenSource(Longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(aborted, deadline.Token);
        try
        {
            return await read(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !aborted.IsCancellationRequested)
        {
            return TooLong;
        }
    }
}
