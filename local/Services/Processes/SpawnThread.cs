using System.Collections.Concurrent;
using System.Diagnostics;

namespace Alga.Extensions.Services.Processes;

/// <summary>
/// Starts processes on one thread that lives as long as this process. The kernel's parent-death signal follows the THREAD
/// that forked: started from the thread pool, a child would be killed when the pool retires that thread.
/// </summary>
internal static class SpawnThread
{
    private static readonly BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)> Queue = [];
    private static readonly Lazy<Thread> Thread = new(StartThread);

    public static Task<Process> StartAsync(ProcessStartInfo info)
    {
        _ = Thread.Value;
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Queue.Add((info, started));
        return started.Task;
    }

    private static Thread StartThread()
    {
        var thread = new Thread(Run) { IsBackground = true, Name = "child process starter" };
        thread.Start();
        return thread;
    }

    private static void Run()
    {
        foreach (var (info, started) in Queue.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(info) ?? throw new ServiceException($"{info.FileName} did not start."));
            }
            catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or ServiceException or IOException)
            {
                started.SetException(exception);
            }
        }
    }
}
