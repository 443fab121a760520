namespace Alga.Extensions.Services.Processes;

/// <summary>Waits until a child serves, or says why it does not.</summary>
internal static class ReadyProbe
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <param name="name">Name of the service in messages.</param>
    /// <param name="child">Its process: when it ends, waiting ends.</param>
    /// <param name="limit">How long to wait.</param>
    /// <param name="isReady">Null when it serves, otherwise why not yet.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ServiceException">It ended, or the time is over.</exception>
    public static async Task WaitAsync(
        string name, ChildProcess child, TimeSpan limit, Func<CancellationToken, Task<string?>> isReady, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        var exit = child.WaitForExitAsync(deadline.Token);
        var reason = "it was not asked yet";
        try
        {
            while (!exit.IsCompleted)
            {
                var answer = await isReady(deadline.Token).ConfigureAwait(false);
                if (answer is null) return;
                reason = answer;
                await Task.WhenAny(exit, Task.Delay(Interval, deadline.Token)).ConfigureAwait(false);
                deadline.Token.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ServiceException($"{name} was not ready after {limit.TotalSeconds:0} s: {reason}\n{child.ReadLogTail()}");
        }

        throw new ServiceException($"{await exit.ConfigureAwait(false)}\n{child.ReadLogTail()}");
    }
}
