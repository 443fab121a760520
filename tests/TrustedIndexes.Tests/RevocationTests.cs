using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Signing;
using Alga.Extensions.Testing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Alga.Extensions.TrustedIndexes.Tests;

public sealed class RevocationTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IDisposable
{
    private readonly Reader reader = new();

    public void Dispose() => reader.Dispose();

    [Fact]
    public async Task A_revoked_version_is_refused_and_runs_again_after_an_operator_took_it_back()
    {
        reader.Issue();
        Assert.Equal("ok", await reader.AskAsync());
        reader.Registry.SetStatus(Reader.Version, VersionState.Revoked);
        reader.Issue();
        await reader.PollAsync();
        Assert.Equal("version_revoked", await reader.AskAsync());

        reader.Registry.SetStatus(Reader.Version, VersionState.Ok);
        reader.Issue();
        await reader.PollAsync();

        Assert.Equal("ok", await reader.AskAsync());
    }

    /// <summary>It was refused: who came while a read was under way took its result, though it had begun before the version was published.</summary>
    [Fact]
    public async Task A_version_that_was_published_while_an_index_was_being_read_is_found_at_once()
    {
        reader.Issue();
        Assert.Equal("ok", await reader.AskAsync());
        var hold = new TaskCompletionSource();
        reader.Source.Hold = hold.Task;
        var announced = reader.Cache.RefreshAsync(Reader.Extension, CancellationToken.None);
        reader.Time.Advance(TimeSpan.FromMilliseconds(1));
        reader.Registry.Versions.Add(reader.Listed("1.1.0", ContentHash.Of("next"u8)));
        reader.Issue();

        var asked = reader.AskAsync("1.1.0", ContentHash.Of("next"u8));
        hold.SetResult();
        await announced;

        Assert.Equal("ok", await asked);
    }

    [Fact]
    public async Task Who_asks_for_what_a_read_under_way_brings_asks_the_source_nothing()
    {
        reader.Issue();
        var hold = new TaskCompletionSource();
        reader.Source.Hold = hold.Task;
        var asked = Enumerable.Range(0, 10).Select(_ => reader.AskAsync()).ToList();
        hold.SetResult();

        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal("ok", answer));
        Assert.Equal(1, reader.Source.Reads);
    }

    [Fact]
    public async Task A_yanked_version_runs_on()
    {
        reader.Registry.SetStatus(Reader.Version, VersionState.Yanked);
        reader.Issue();

        Assert.Equal("ok", await reader.AskAsync());
    }

    [Theory]
    [InlineData(-1, "ok")]
    [InlineData(0, "version_revoked")]
    [InlineData(1, "version_revoked")]
    public async Task A_compromise_rejects_what_was_accepted_at_its_very_millisecond_or_later(int acceptedAfterMs, string expected)
    {
        var since = reader.Time.GetUtcNow();
        reader.Registry.Versions[0] = reader.Registry.Versions[0] with { AcceptedAt = since.AddMilliseconds(acceptedAfterMs) };
        reader.Registry.Keys.Add(Key(KeyState.Compromised, since));
        reader.Issue();

        Assert.Equal(expected, await reader.AskAsync());
    }

    [Fact]
    public async Task Retirement_keeps_what_was_accepted_before()
    {
        var at = reader.Time.GetUtcNow();
        reader.Registry.Keys.Add(Key(KeyState.Retired, at.AddMilliseconds(1)));
        reader.Issue();
        Assert.Equal("ok", await reader.AskAsync());

        reader.Registry.Keys[0] = Key(KeyState.Retired, at);
        reader.Issue();
        await reader.PollAsync();
        Assert.Equal("signature_invalid", await reader.AskAsync());
    }

    [Fact]
    public async Task A_key_counts_only_within_its_own_validity()
    {
        var at = reader.Time.GetUtcNow();
        foreach (var (notBefore, notAfter, expected) in new (DateTimeOffset?, DateTimeOffset?, string)[]
        {
            (at, at, "ok"), (at.AddMilliseconds(1), null, "signature_invalid"), (null, at.AddMilliseconds(-1), "signature_invalid"),
        })
        {
            reader.Registry.Keys.Clear();
            reader.Registry.Keys.Add(Key(KeyState.Active, null) with { NotBefore = notBefore, NotAfter = notAfter });
            reader.Issue();
            await reader.Cache.RefreshAsync(Reader.Extension, CancellationToken.None);
            Assert.Equal(expected, await reader.AskAsync());
        }
    }

    [Fact]
    public async Task The_status_of_another_key_changes_nothing()
    {
        using var other = SigningKey.Create();
        reader.Registry.Keys.Add(new IndexedKey(other.Public.KeyId, null, KeyState.Compromised, null, null, reader.Time.GetUtcNow().AddYears(-1)));
        reader.Issue();

        Assert.Equal("ok", await reader.AskAsync());
    }

    [Fact]
    public async Task A_burst_of_first_questions_reads_once()
    {
        reader.Issue();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => reader.AskAsync()));

        Assert.All(answers, answer => Assert.Equal("ok", answer));
        Assert.Equal(1, reader.Source.Reads);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_revocation_arrives_by_announcement_and_without_one(bool announce)
    {
        var database = await postgres.CreateDatabaseAsync();
        await using (var owner = NpgsqlDataSource.Create(database.Owner))
        await using (var seed = owner.CreateCommand(
            $"insert into publisher values ('{Reader.Publisher}', 'Acme', now()); insert into extension_registry (extension_id, publisher_id, display_name, created_at) values ('{Reader.Extension}', '{Reader.Publisher}', 'Reports', now())"))
        {
            await seed.ExecuteNonQueryAsync();
        }

        var time = TimeProvider.System;
        Assert.True(TrustBundle.Parse(reader.Registry.TrustEntry).TryGet(out var trust, out _));
        await using var dataSource = NpgsqlDataSource.Create(database.Runner);
        var options = new TrustedIndexOptions { Trust = trust };
        var cache = new TrustedIndexCache(
            new DatabaseIndexSource(dataSource), new HighestSeen(options, time, NullLogger<HighestSeen>.Instance), options, time, NullLogger<TrustedIndexCache>.Instance);
        using var watcher = new IndexWatcher(new NoticeListener(dataSource, time), cache, time, NullLogger<IndexWatcher>.Instance);
        await ((IHostedService)watcher).StartAsync(CancellationToken.None);
        await reader.Registry.PublishIndexAsync(database.Owner, time.GetUtcNow());
        Assert.Null(await cache.FindFaultAsync(Reader.Extension, Reader.Version, Reader.Hash, CancellationToken.None));

        reader.Registry.SetStatus(Reader.Version, VersionState.Revoked);
        await reader.Registry.PublishIndexAsync(database.Owner, time.GetUtcNow(), announce);

        // Ends, or the test run does: the interval of the poll is far below the 60 s that are promised.
        while (await cache.FindFaultAsync(Reader.Extension, Reader.Version, Reader.Hash, CancellationToken.None) is null) await Task.Delay(50);
        await watcher.StopAsync(CancellationToken.None);
    }

    private IndexedKey Key(string status, DateTimeOffset? since) => new(reader.PublisherKey.Public.KeyId, null, status, null, null, since);
}
