using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Dev;

/// <summary>Builds and installs at each save until it is cancelled. A fault is told, and the version before goes on answering.</summary>
internal sealed class DevLoop(string folder, BuildSteps steps, DevHostProcess host, DevPrinter printer, TimeProvider time)
{
    /// <summary>Number of versions that went live.</summary>
    public int Versions { get; private set; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var watch = new FolderWatch(folder);
        await TryAsync(() => steps.BuildAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var changed = await watch.NextAsync(cancellationToken).ConfigureAwait(false);
            await TryAsync(() => steps.BuildAsync(changed, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TryAsync(Func<Task> build, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            await build().ConfigureAwait(false);
            var (extension, bundle) = await DevBundle.PackAsync(folder, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellationToken).ConfigureAwait(false);
            await host.InstallAsync(bundle, cancellationToken).ConfigureAwait(false);
            Versions++;
            printer.Show("live", new()
            {
                ["name"] = extension.Manifest.Name,
                ["version"] = extension.Manifest.Version,
                ["milliseconds"] = (long)time.GetElapsedTime(started).TotalMilliseconds,
            });
        }
        catch (RefusedException exception)
        {
            var (code, message, errors) = exception.Refusal;
            printer.Show("fault", new() { ["code"] = code, ["message"] = message, ["errors"] = new JsonArray([.. (errors ?? []).Select(error => JsonValue.Create(error))]) });
        }
    }
}
