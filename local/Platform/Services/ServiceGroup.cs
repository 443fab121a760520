using Alga.Extensions.Services;

namespace Alga.Extensions.Platform.Services;

/// <summary>All running services: one that ends on its own is a failure of the whole, or is started again; and all are stopped in reverse order.</summary>
internal sealed class ServiceGroup(Func<string, string> logFile, bool restart) : IAsyncDisposable
{
    // A part may be ended again while it starts; one that cannot start is a failure all the same.
    private const int RestartAttempts = 5;

    private readonly Lock gate = new();
    private readonly List<ILocalService> running = [];
    private readonly CancellationTokenSource stopping = new();
    private readonly TaskCompletionSource<string> failure = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with a message when a service ends that nobody stopped.</summary>
    public Task<string> Failure => failure.Task;

    /// <summary>Started services, in the order of their start.</summary>
    public IReadOnlyList<ILocalService> Running
    {
        get
        {
            lock (gate) return [.. running];
        }
    }

    /// <summary>Starts a service and watches it from then on.</summary>
    public async Task StartAsync(ILocalService service, CancellationToken cancellationToken)
    {
        // Before it is ready, so that it is stopped also when the start is cut off.
        lock (gate) running.Add(service);
        await service.StartAsync(cancellationToken).ConfigureAwait(false);
        _ = WatchAsync(service);
    }

    public async Task StopAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        // Callers before what they call; the platform's own programs need nobody to stop, so they go at once.
        var services = Running;
        await Task.WhenAll(services.Where(IsOwnProgram).Select(service => service.StopAsync())).ConfigureAwait(false);
        await Task.WhenAll(services.Where(service => !IsOwnProgram(service)).Select(service => service.StopAsync())).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        foreach (var service in Running) await service.DisposeAsync().ConfigureAwait(false);
        stopping.Dispose();
    }

    private static bool IsOwnProgram(ILocalService service) => service is Extensions.Services.Dotnet.DotnetService;

    private async Task WatchAsync(ILocalService service)
    {
        try
        {
            var how = await service.WaitForExitAsync(stopping.Token).ConfigureAwait(false);
            if (stopping.IsCancellationRequested) return;
            if (!restart)
            {
                failure.TrySetResult($"{how}\n{LogTail.Read(logFile(service.Name))}");
                return;
            }

            await RestartAsync(service).ConfigureAwait(false);
            _ = WatchAsync(service);
        }
        catch (OperationCanceledException)
        {
            // It is being stopped on purpose.
        }
        catch (ServiceException exception)
        {
            failure.TrySetResult(exception.Message);
        }
    }

    private async Task RestartAsync(ILocalService service)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Whatever it left behind goes first.
            await service.StopAsync().ConfigureAwait(false);
            try
            {
                await service.StartAsync(stopping.Token).ConfigureAwait(false);
                return;
            }
            catch (ServiceException) when (attempt < RestartAttempts)
            {
                // Again at once: what ended it may be over.
            }
        }
    }
}
