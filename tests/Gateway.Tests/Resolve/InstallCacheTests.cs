using Alga.Extensions.Contracts;
using Alga.Extensions.Gateway.Resolve;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests.Resolve;

public sealed class InstallCacheTests
{
    private static readonly InstallKey Key = new(GatewayHost.Acme, "com.acme.reports");
    private static readonly Guid InstallId = GatewayHost.AcmeInstall;

    private readonly Clock clock = new();
    private readonly Source source = new();
    private readonly InstallCache cache;

    public InstallCacheTests() => cache = new InstallCache(source, clock, NullLogger<InstallCache>.Instance);

    [Fact]
    public async Task While_changes_are_heard_an_install_is_read_once_and_again_when_it_changed()
    {
        cache.Hear(true);
        await AskAsync();
        clock.Advance(TimeSpan.FromSeconds(20));
        await AskAsync();
        Assert.Equal(1, source.Reads);
        cache.Forget(Key.TenantId, Key.NameOrId, InstallId);
        await AskAsync();
        Assert.Equal(2, source.Reads);
    }

    [Fact]
    public async Task It_is_forgotten_by_its_id_as_well()
    {
        cache.Hear(true);
        var byId = Key with { NameOrId = InstallId.ToString("D") };
        await cache.GetAsync(byId, default);
        cache.Forget(Key.TenantId, Key.NameOrId, InstallId);
        await cache.GetAsync(byId, default);
        Assert.Equal(2, source.Reads);
    }

    [Fact]
    public async Task While_they_are_not_heard_it_is_read_every_second()
    {
        await AskAsync();
        clock.Advance(TimeSpan.FromSeconds(0.9));
        await AskAsync();
        Assert.Equal(1, source.Reads);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        await AskAsync();
        Assert.Equal(2, source.Reads);
    }

    [Fact]
    public async Task What_was_missed_while_nobody_listened_is_read_again()
    {
        cache.Hear(true);
        await AskAsync();
        cache.Hear(false);
        cache.Hear(true);
        await AskAsync();
        Assert.Equal(2, source.Reads);
    }

    [Fact]
    public async Task While_the_database_is_away_what_is_known_serves_for_a_while_and_no_longer()
    {
        await AskAsync();
        source.Fault = new NpgsqlException("away");
        clock.Advance(TimeSpan.FromMinutes(10));
        Assert.NotNull(await AskAsync());
        // Not asked again at each request.
        var reads = source.Reads;
        Assert.NotNull(await AskAsync());
        Assert.Equal(reads, source.Reads);
        clock.Advance(TimeSpan.FromMinutes(6));
        await Assert.ThrowsAsync<NpgsqlException>(AskAsync);
    }

    [Fact]
    public async Task What_is_known_to_have_changed_does_not_serve_any_more()
    {
        cache.Hear(true);
        await AskAsync();
        cache.Forget(Key.TenantId, Key.NameOrId, InstallId);
        source.Fault = new NpgsqlException("away");
        await Assert.ThrowsAsync<NpgsqlException>(AskAsync);
    }

    [Fact]
    public async Task A_change_during_a_read_is_not_covered_up_by_what_was_read()
    {
        cache.Hear(true);
        var gate = new TaskCompletionSource();
        source.Gate = gate.Task;
        var asked = AskAsync();
        cache.Forget(Key.TenantId, Key.NameOrId, InstallId);
        gate.SetResult();
        await asked;
        await AskAsync();
        Assert.Equal(2, source.Reads);
    }

    [Fact]
    public async Task Who_asks_at_the_same_time_waits_for_one_read()
    {
        var gate = new TaskCompletionSource();
        source.Gate = gate.Task;
        var asked = Enumerable.Range(0, 10).Select(_ => AskAsync()).ToList();
        gate.SetResult();
        await Task.WhenAll(asked);
        Assert.Equal(1, source.Reads);
    }

    private Task<Install?> AskAsync() => cache.GetAsync(Key, default).AsTask();

    private sealed class Source : IInstallSource
    {
        public int Reads { get; private set; }

        public Exception? Fault { get; set; }

        public Task Gate { get; set; } = Task.CompletedTask;

        public async Task<Install?> FindAsync(Guid tenantId, string nameOrId, CancellationToken cancellationToken)
        {
            Reads++;
            await Gate;
            if (Fault is not null) throw Fault;
            return new Install(InstallId, Key.NameOrId, GatewayHost.VersionId, "1.2.3", ContentHash.Of([1]), true, [], [], new Dictionary<string, System.Text.Json.JsonElement>());
        }
    }

    /// <summary>A clock that stands still until it is told to move.</summary>
    private sealed class Clock : TimeProvider
    {
        private long ticks = TimeSpan.TicksPerDay;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public void Advance(TimeSpan time) => ticks += time.Ticks;
    }
}
