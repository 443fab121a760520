using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Maintenance;
using Alga.Extensions.Registry.Publish;
using Alga.Extensions.Registry.Tests.Fixtures;
using Dapper;

namespace Alga.Extensions.Registry.Tests.Publishing;

/// <summary>Orphaned blobs are deleted when their grace period is over, and a publish of the same bytes never loses any.</summary>
public sealed class CollectTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task Only_an_operator_collects()
    {
        foreach (var token in new[] { app.Developer, app.Admin, app.User }) (await app.SendAsync(HttpMethod.Post, Collecting.Path, token)).Is(403, "forbidden");
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("limit=-1")]
    [InlineData("limit=ten")]
    [InlineData("limit=1&limit=2")]
    [InlineData("cursor=")]
    [InlineData("cursor=%2F")]
    [InlineData("cursor=a")]
    public async Task What_is_no_page_is_refused(string query) => (await app.SendAsync(HttpMethod.Post, $"{Collecting.Path}?{query}", app.Operator)).Is(400, "invalid_request");

    [Fact]
    public async Task An_orphan_is_left_alone_for_the_grace_period_and_then_deleted()
    {
        var orphan = await UploadOrphanAsync();
        var published = await app.PublishNewAsync();

        var first = await app.CollectAllAsync();
        Assert.True(first.Found >= 1);
        Assert.NotEmpty(await BlobsAsync(orphan));
        await app.CollectAllAsync();
        Assert.NotEmpty(await BlobsAsync(orphan));

        await AgeAsync(orphan);
        var last = await app.CollectAllAsync();

        Assert.True(last.Collected >= 1);
        Assert.Empty(await BlobsAsync(orphan));
        Assert.Equal(0, (await app.CollectAllAsync()).Found);
        await StoredState.AssertWholeAsync(app.Store, published);
        await using var owner = await app.OpenOwnerAsync();
        Assert.Equal(1, await owner.ExecuteScalarAsync<int>("select count(*) from audit_log where action = 'bundle.collect' and target = @hash", new { hash = Hash(orphan) }));
    }

    [Fact]
    public async Task A_claim_of_a_published_hash_costs_no_blob()
    {
        var published = await app.PublishNewAsync();
        await ClaimAsync(published);
        await AgeAsync(published);

        await app.CollectAllAsync();

        await StoredState.AssertWholeAsync(app.Store, published);
        Assert.Equal(0, await ClaimsAsync(published));
    }

    [Fact]
    public async Task What_no_publish_wrote_is_left_alone()
    {
        var foreign = $"sha256/{new string('z', 64)}/note";
        await app.Store.CreateAsync(foreign, new MemoryStream([1]), "text/plain", CancellationToken.None);
        await app.Store.CreateAsync("other/note", new MemoryStream([1]), "text/plain", CancellationToken.None);

        await app.CollectAllAsync();

        Assert.Equal([foreign], await app.Inventory.ListAsync(foreign, CancellationToken.None));
        Assert.Equal(["other/note"], await app.Inventory.ListAsync("other/", CancellationToken.None));
    }

    [Fact]
    public async Task One_request_deletes_no_more_than_its_limit()
    {
        var orphans = new List<TestBundle>();
        for (var number = 0; number < 3; number++) orphans.Add(await UploadOrphanAsync());
        await app.CollectAllAsync();
        foreach (var orphan in orphans) await AgeAsync(orphan);

        var report = await app.CollectAsync("?limit=2");

        Assert.Equal(2, report.Collected);
        Assert.False(report.Done);
        await app.CollectAllAsync();
        foreach (var orphan in orphans) Assert.Empty(await BlobsAsync(orphan));
    }

    [Fact]
    public async Task A_publish_of_collected_bytes_starts_anew()
    {
        var orphan = await UploadOrphanAsync();
        await app.CollectAllAsync();
        await AgeAsync(orphan);
        await app.CollectAllAsync();

        (await PublishAsync(orphan)).Is(201);

        await StoredState.AssertWholeAsync(app.Store, orphan);
    }

    public static TheoryData<PublishStep> HeldSteps => [.. Enum.GetValues<PublishStep>().Where(step => step is >= PublishStep.Claimed and < PublishStep.RowsWritten)];

    [Theory]
    [MemberData(nameof(HeldSteps))]
    public async Task A_publish_whose_claim_grew_old_meanwhile_is_refused_whole_and_a_retry_succeeds(PublishStep step)
    {
        var bundle = await NewAsync();
        using var pause = new Pause(PublishSteps.ListenerName, step.ToString(), bundle.Target);
        var publishing = PublishAsync(bundle);
        await pause.Reached;
        await AgeAsync(bundle);

        await app.CollectAllAsync();
        Assert.Empty(await BlobsAsync(bundle));
        pause.Release();

        (await publishing).Is(409, "conflict");
        (await app.GetAsync($"/api/registry/extensions/{bundle.Name}/versions/{bundle.Version}", app.Developer)).Is(404, "not_found");
        (await PublishAsync(bundle)).Is(201);
        await StoredState.AssertWholeAsync(app.Store, bundle);
    }

    [Theory]
    [MemberData(nameof(HeldSteps))]
    public async Task A_publish_in_its_grace_period_loses_nothing(PublishStep step)
    {
        var bundle = await NewAsync();
        using var pause = new Pause(PublishSteps.ListenerName, step.ToString(), bundle.Target);
        var publishing = PublishAsync(bundle);
        await pause.Reached;

        await app.CollectAllAsync();
        pause.Release();

        (await publishing).Is(201);
        await StoredState.AssertWholeAsync(app.Store, bundle);
    }

    [Fact]
    public async Task A_publish_about_to_commit_is_not_collected_even_with_an_old_claim()
    {
        var bundle = await NewAsync();
        using var uploaded = new Pause(PublishSteps.ListenerName, nameof(PublishStep.ComponentStored), bundle.Target);
        using var written = new Pause(PublishSteps.ListenerName, nameof(PublishStep.RowsWritten), bundle.Target);
        var publishing = PublishAsync(bundle);
        await uploaded.Reached;
        await AgeAsync(bundle);
        uploaded.Release();
        await written.Reached;

        await app.CollectAsync("?limit=500");
        written.Release();

        (await publishing).Is(201);
        await StoredState.AssertWholeAsync(app.Store, bundle);
    }

    [Theory]
    [InlineData(CollectStep.Chosen, false)]
    [InlineData(CollectStep.Locked, true)]
    [InlineData(CollectStep.BlobsDeleted, true)]
    [InlineData(CollectStep.Forgotten, false)]
    public async Task A_publish_that_meets_the_collector_is_whole(CollectStep step, bool waits)
    {
        var orphan = await UploadOrphanAsync();
        await app.CollectAllAsync();
        await AgeAsync(orphan);
        using var pause = new Pause(CollectSteps.ListenerName, step.ToString(), Hash(orphan));
        var collecting = app.CollectAsync("?limit=500");
        await pause.Reached;

        var publishing = PublishAsync(orphan);
        if (waits) await WaitUntilBlockedAsync();
        else await publishing;
        pause.Release();

        (await publishing).Is(201);
        await collecting;
        await StoredState.AssertWholeAsync(app.Store, orphan);
        Assert.Equal(0, await ClaimsAsync(orphan));
    }

    private static string Hash(TestBundle bundle) => bundle.Contents.Hash.ToString();

    private async Task<TestBundle> NewAsync()
    {
        var bundle = await TestBundle.PackAsync(app.NewName(), "1.0.0");
        await app.RegisterAsync(bundle.Name, app.Developer);
        return bundle;
    }

    private Task<RegistryAnswer> PublishAsync(TestBundle bundle) => app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer);

    /// <summary>Blobs as a publish of a version before claims left them.</summary>
    private async Task<TestBundle> UploadOrphanAsync()
    {
        var bundle = await NewAsync();
        await app.Store.CreateAsync(BundleBlobNames.Bundle(bundle.Contents.Hash), new MemoryStream(bundle.Bytes), "application/zstd", CancellationToken.None);
        await app.Store.CreateAsync(BundleBlobNames.Envelope(bundle.Contents.Hash), new MemoryStream(bundle.Sign(app.Key)), "application/vnd.dsse+json", CancellationToken.None);
        return bundle;
    }

    private Task<IReadOnlyList<string>> BlobsAsync(TestBundle bundle) => app.Inventory.ListAsync(BundleBlobNames.Folder(bundle.Contents.Hash), CancellationToken.None);

    private Task AgeAsync(TestBundle bundle) => app.AgeClaimAsync(bundle.Contents.Hash);

    private async Task ClaimAsync(TestBundle bundle)
    {
        await using var owner = await app.OpenOwnerAsync();
        await owner.ExecuteAsync(
            "insert into extension_bundle_claim (content_hash, claim_id, claimed_at) values (@hash, @id, now())",
            new { hash = Hash(bundle), id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()) });
    }

    private async Task<int> ClaimsAsync(TestBundle bundle)
    {
        await using var owner = await app.OpenOwnerAsync();
        return await owner.ExecuteScalarAsync<int>("select count(*) from extension_bundle_claim where content_hash = @hash", new { hash = Hash(bundle) });
    }

    private async Task WaitUntilBlockedAsync()
    {
        await using var owner = await app.OpenOwnerAsync();
        for (var attempt = 0; attempt < 600; attempt++)
        {
            var waiting = await owner.ExecuteScalarAsync<bool>(
                "select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like 'insert into extension_bundle_claim%')");
            if (waiting) return;
            await Task.Delay(50);
        }

        Assert.Fail("The publish does not wait for the collector.");
    }
}
