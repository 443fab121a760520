using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Dev;

/// <summary>Builds and installs at each save until it is cancelled. A fault is told, and the version before goes on answering.</summary>
internal sealed class DevLoop(string folder, BuildSteps steps, DevHostProcess host, DevPrinter printer, TimeProvider time)
{
    // Long enough not to be in the way of somebody who saves again and again.
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    /// <summary>Number of versions that went live.</summary>
    public int Versions { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var watch = new FolderWatch(folder);
        var isLive = await TryAsync(() => steps.BuildAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        if (isLive && await steps.TryQuickAsync(cancellationToken).ConfigureAwait(false))
        {
            // Has the loader compiled, so that the first save need not wait for it.
            isLive = await TryAsync(() => Task.CompletedTask, cancellationToken).ConfigureAwait(false);
        }

        while (true)
        {
            var next = watch.NextAsync(cancellationToken);
            if (isLive && steps.Quick is not null && await Task.WhenAny(next, Task.Delay(Quiet, time, cancellationToken)).ConfigureAwait(false) != next)
            {
                await CatchUpAsync(next, cancellationToken).ConfigureAwait(false);
            }

            var changed = await next.ConfigureAwait(false);
            isLive = await TryAsync(() => steps.BuildAsync(changed, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes the component of code that is live by the loader, so that <c>dist/</c> is what a pack takes; gives way to the next save.</summary>
    private async Task CatchUpAsync(Task next, CancellationToken cancellationToken)
    {
        using var giveWay = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var building = steps.BuildComponentAsync(giveWay.Token);
        if (await Task.WhenAny(building, next).ConfigureAwait(false) == next) await giveWay.CancelAsync().ConfigureAwait(false);
        try
        {
            await building.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The next save is here.
        }
        catch (RefusedException exception)
        {
            Show(exception.Refusal);
        }
    }

    private async Task<bool> TryAsync(Func<Task> build, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            await build().ConfigureAwait(false);
            var (extension, bundle) = await DevBundle.PackAsync(folder, time.GetUtcNow().ToUnixTimeMilliseconds(), steps.Quick?.Loader, cancellationToken).ConfigureAwait(false);
            await host.InstallAsync(bundle, steps.Quick is { } quick ? await File.ReadAllTextAsync(quick.Source, cancellationToken).ConfigureAwait(false) : null, cancellationToken).ConfigureAwait(false);
            Versions++;
            printer.Show("live", new()
            {
                ["name"] = extension.Manifest.Name,
                ["version"] = extension.Manifest.Version,
                ["milliseconds"] = (long)time.GetElapsedTime(started).TotalMilliseconds,
            });
            return true;
        }
        catch (RefusedException exception)
        {
            Show(exception.Refusal);
            return false;
        }
    }

    private void Show(CliRefusal refusal) => printer.Show("fault", new()
    {
        ["code"] = refusal.Code,
        ["message"] = refusal.Message,
        ["errors"] = new JsonArray([.. (refusal.Errors ?? []).Select(error => JsonValue.Create(error))]),
    });
}
