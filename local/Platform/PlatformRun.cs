using Alga.Extensions.Platform.Demo;
using Alga.Extensions.Platform.Options;
using Alga.Extensions.Platform.Progress;
using Alga.Extensions.Platform.Services;
using Alga.Extensions.Platform.State;
using Alga.Extensions.Platform.Steps;
using Alga.Extensions.Services;

namespace Alga.Extensions.Platform;

/// <summary>One run of the platform from the first check to the last stopped process.</summary>
internal static class PlatformRun
{
    /// <returns>0 when it was stopped on purpose or the demo worked, 1 when something failed.</returns>
    public static async Task<int> RunAsync(PlatformOptions options, CancellationToken stop)
    {
        var state = new StateFolder(options.StateFolder);
        try
        {
            if (options.OnlyBuild)
            {
                await NodeBuild.RunAsync(Programs.Root, stop).ConfigureAwait(false);
                return 0;
            }

            using var mine = StateLock.Take(state);
            if (options.Reset) state.Clear();
            var services = new PlatformServices(options, state);
            Requirements.Check(services.Ports, ownPostgres: options.DatabaseUrl is null, options.Observe, options.Two);
            state.RotateLogs();
            await using var group = new ServiceGroup(state.Log, options.Restart);
            return await RunAsync(options, state, services, group, stop).ConfigureAwait(false);
        }
        catch (ServiceException exception)
        {
            await Console.Error.WriteLineAsync("\nThe platform stopped: " + exception.Message).ConfigureAwait(false);
            return 1;
        }
    }

    private static async Task<int> RunAsync(
        PlatformOptions options, StateFolder state, PlatformServices services, ServiceGroup group, CancellationToken stop)
    {
        using var tokens = new TokenFiles(services.IssuerUrl, state, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            Sample? sample = null;
            await StartDisplay.RunAsync(TimeProvider.System, async progress =>
            {
                var startup = new Startup(options, state, services, group, tokens, progress).RunAsync(ending.Token);
                await FirstOfAsync(startup, group).ConfigureAwait(false);
                sample = await startup.ConfigureAwait(false);
            }).ConfigureAwait(false);

            var greeting = new Greeting(services.GatewayUrl, sample!.Name, state);
            if (options.Demo) return await greeting.CallAsync(stop).ConfigureAwait(false);
            Summary.Write(services, group, state, greeting, options.Observe);
            await FirstOfAsync(tokens.KeepFreshAsync(ending.Token), group).ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Console.WriteLine("Stopping.");
            return 0;
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await group.StopAsync().ConfigureAwait(false);
            if (stop.IsCancellationRequested) Console.WriteLine("Stopped; everything is kept in " + state.Root + ".");
        }
    }

    /// <summary>Waits for some work, or for the end of a service, which is a failure and told in preference to its consequences.</summary>
    private static async Task FirstOfAsync(Task work, ServiceGroup group)
    {
        await Task.WhenAny(work, group.Failure).ConfigureAwait(false);
        if (group.Failure.IsCompleted) throw new ServiceException(await group.Failure.ConfigureAwait(false));
        await work.ConfigureAwait(false);
    }
}
