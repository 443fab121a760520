using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Edge;

/// <summary>How long a body may be on its way. The server itself ends only those that all but stand still, so one that trickles would go on for days.</summary>
internal static class RequestTime
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private static readonly Refusal TooLong = new(ErrorCode.InvalidRequest, $"The body was on its way for more than {Longest.TotalMinutes:0} minutes; send it again over a faster connection.");

    /// <summary>What reading a body gives, or <c>invalid_request</c> when its time was over before.</summary>
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
