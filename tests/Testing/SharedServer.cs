using System.Globalization;

namespace Alga.Extensions.Testing;

/// <summary>A server that all tests of a process share. It ends when the process ends, however it ends.</summary>
internal sealed class SharedServer<T>
    where T : IAsyncDisposable
{
    private readonly Lazy<Task<T>> server;

    public SharedServer(string name, Func<string, Task<T>> start)
    {
        server = new(async () =>
        {
            RemoveLeftOvers(name);
            var folder = Directory.CreateTempSubdirectory($"alga-{name}-{Environment.ProcessId}-").FullName;
            var started = await start(folder).ConfigureAwait(false);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => started.DisposeAsync().AsTask().Wait(TimeSpan.FromSeconds(5));
            return started;
        });
    }

    public Task<T> GetAsync() => server.Value;

    /// <summary>A test host may be killed before it has tidied up, so the next one does.</summary>
    private static void RemoveLeftOvers(string name)
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), $"alga-{name}-*-*"))
        {
            var pid = Path.GetFileName(folder).Split('-')[2];
            if (!int.TryParse(pid, CultureInfo.InvariantCulture, out _) || Directory.Exists($"/proc/{pid}")) continue;
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another test process removes it, or it is another user's.
            }
        }
    }
}
