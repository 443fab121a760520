using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Guests;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>What a runner does so that the registry leaves its compiled code alone.</summary>
public sealed class CompiledUpkeepTests(RunnerFixture runner) : IClassFixture<RunnerFixture>
{
    [Fact]
    public async Task A_runner_marks_by_itself_all_that_it_compiles_for()
    {
        var plain = RunnerFixture.Request(await runner.Publisher.PublishAsync(Guest.Wasm("hello"), runner.NextVersion()));
        var shared = RunnerFixture.Request(await runner.Publisher.PublishAsync(Guest.Sharing(Guest.Wasm("hello")), runner.NextVersion()));
        foreach (var request in new[] { plain, shared })
        {
            await runner.ExecuteAsync(request);
            await runner.ExecuteAsync(
                request with { Context = request.Context with { RequestId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) }, Limits = request.Limits with { Fuel = 1_000_000 } });
        }

        HashSet<CompiledVariant> compiledFor = [];
        foreach (var name in runner.Store.Names)
        {
            if (CompiledVariant.TryReadCode(name, out var variant)) compiledFor.Add(variant);
        }

        Assert.Equal(2, compiledFor.Count);
        // The first turn begins when the runner is ready, and nothing waits for it.
        while (!Marked().IsSupersetOf(compiledFor)) await Task.Delay(20);
        Assert.Equal(compiledFor, Marked());
    }

    [Fact]
    public async Task A_store_that_takes_no_mark_stops_nothing_and_is_told()
    {
        runner.Store.IsDown = true;
        try
        {
            await runner.App.Services.GetRequiredService<CompiledUpkeep>().TurnAsync(CancellationToken.None);
        }
        finally
        {
            runner.Store.IsDown = false;
        }

        Assert.Contains(runner.Logs.Lines, line => line.Contains("did not take the mark", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_turn_keeps_what_this_runner_has_on_disk_however_old()
    {
        await runner.ExecuteAsync(RunnerFixture.Request(await runner.Publisher.PublishAsync(Guest.Wasm("echo"), runner.NextVersion())));
        var folder = Path.Combine(runner.CacheRoot, "compiled");
        var foreign = Path.Combine(folder, $"{new string('a', 64)}-0123456789abcdef-x86_64-unknown-linux-gnu.cwasm");
        await File.WriteAllBytesAsync(foreign, [1]);
        var own = Directory.GetFiles(folder).Where(file => file != foreign).ToList();
        foreach (var file in own.Append(foreign)) File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddDays(-31));

        await runner.App.Services.GetRequiredService<CompiledUpkeep>().TurnAsync(CancellationToken.None);

        Assert.NotEmpty(own);
        Assert.All(own, file => Assert.True(File.Exists(file)));
        Assert.False(File.Exists(foreign));
    }

    [Fact]
    public async Task A_mark_is_of_the_day()
    {
        var before = Today();
        await runner.App.Services.GetRequiredService<CompiledUpkeep>().TurnAsync(CancellationToken.None);
        var days = new HashSet<DateOnly>();
        foreach (var name in runner.Store.Names)
        {
            if (CompiledVariant.TryReadMark(name, out _, out var day)) days.Add(day);
        }

        Assert.NotEmpty(days);
        // The runner's first turn may have been before midnight.
        Assert.All(days, day => Assert.InRange(day, before.AddDays(-1), Today()));
    }

    private static DateOnly Today() => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);

    private HashSet<CompiledVariant> Marked()
    {
        HashSet<CompiledVariant> marked = [];
        foreach (var name in runner.Store.Names)
        {
            if (CompiledVariant.TryReadMark(name, out var variant, out _)) marked.Add(variant);
        }

        return marked;
    }
}
