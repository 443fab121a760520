using Alga.Extensions.Services.Processes;

namespace Alga.Extensions.Services.Postgres;

/// <summary>
/// Removes the lock of a PostgreSQL that was killed. PostgreSQL asks only whether the process id in it exists: one that was
/// killed a moment ago and not yet buried by process 1, or another program that has got the number since, stops every start.
/// </summary>
internal static class StaleLock
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <param name="data">The data folder, which this process alone may use.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ServiceException">A PostgreSQL works in the folder still.</exception>
    public static async Task ClearAsync(string data, CancellationToken cancellationToken)
    {
        var file = Path.Combine(data, "postmaster.pid");
        if (!File.Exists(file)) return;
        var waited = TimeSpan.Zero;
        while (ProcessTable.WorkingIn(data) is { } id)
        {
            if (waited >= Limit) throw new ServiceException($"Process {id} of an earlier PostgreSQL still works in {data}: end it.");
            await Task.Delay(Interval, cancellationToken).ConfigureAwait(false);
            waited += Interval;
        }

        File.Delete(file);
    }
}
