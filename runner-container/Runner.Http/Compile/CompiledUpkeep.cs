using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;
using Microsoft.Extensions.Hosting;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Says in the bundle store, at the start and four times a day, which compiled code this runner has use for, so that the registry
/// leaves it there; and deletes from disk what was made for others and is unused for as long. Nothing depends on it: what is gone is
/// compiled again.
/// </summary>
public sealed class CompiledUpkeep(CompiledBlobs blobs, CompiledCache cache, PlatformKeys keys, Readiness readiness, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    /// <summary>One turn; the keys must be there.</summary>
    public async Task TurnAsync(CancellationToken cancellationToken)
    {
        // What counts instructions too, although few requests need it: those that do shall not wait for the compiler.
        CompiledVariant[] used = [Variant(metered: false), Variant(metered: true)];
        var now = time.GetUtcNow();
        cache.Expire(used, now.AddDays(-CompiledVariant.UnusedDays));
        await blobs.MarkAsync(used, DateOnly.FromDateTime(now.UtcDateTime), cancellationToken);
    }

    private CompiledVariant Variant(bool metered) => CompiledIdentity.VariantHere(EngineSet.Describe(metered), keys.CompiledCode);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await readiness.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            await TurnAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
