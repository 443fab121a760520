namespace Alga.Extensions.Runner.HostApis.Tests;

/// <summary>
/// Runs work on threads of its own, as the runner runs guests. Host calls block their thread, and on threads of the pool
/// they would keep the driver from finishing what they wait for.
/// </summary>
internal static class GuestThreads
{
    public static void Run(int count, Action<int> work)
    {
        var faults = new List<Exception>();
        var threads = Enumerable.Range(0, count).Select(number => new Thread(() =>
        {
            try
            {
                work(number);
            }
#pragma warning disable CA1031 // It is thrown again below, in the test.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                lock (faults) faults.Add(exception);
            }
        })).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        if (faults.Count > 0) throw new AggregateException(faults);
    }
}
