using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Maintenance;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests.Publishing;

/// <summary>Compiled code goes when no runner has had use for it in a long time, and with its bundle; all else stays.</summary>
public sealed class CollectCompiledTests(RegistryApp app) : IClassFixture<RegistryApp>, IAsyncLifetime
{
    private static readonly ContentHash SharedModule = ContentHash.Of("module"u8);

    private readonly DateOnly today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
    private readonly CompiledVariant used = NewVariant();
    private readonly CompiledVariant other = NewVariant();

    /// <summary>A store in which no other test has left code or marks.</summary>
    public async Task InitializeAsync()
    {
        foreach (var name in await app.Inventory.ListAsync(BundleBlobNames.Root, CancellationToken.None))
        {
            if (name.Contains("/compiled/", StringComparison.Ordinal)) await app.Inventory.DeleteAsync(name, CancellationToken.None);
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Code_that_no_runner_used_for_30_days_is_deleted_and_that_of_a_day_later_stays()
    {
        var published = await app.PublishNewAsync();
        var hash = published.Contents.Hash;
        await MarkAsync(used, 30);
        await MarkAsync(other, 31);
        foreach (var variant in new[] { used, other })
        {
            await PutAsync(Code(hash, variant));
            await PutAsync(SharedCode(variant));
        }

        var report = await app.CollectAllAsync();

        Assert.Equal(2, report.CompiledDeleted);
        Assert.True(await IsThereAsync(Code(hash, used)));
        Assert.True(await IsThereAsync(SharedCode(used)));
        Assert.False(await IsThereAsync(Code(hash, other)));
        Assert.False(await IsThereAsync(SharedCode(other)));
        await StoredState.AssertWholeAsync(app.Store, published);
        Assert.Equal(0, (await app.CollectAllAsync()).CompiledDeleted);
    }

    [Fact]
    public async Task What_is_deleted_is_counted()
    {
        long deleted = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Name == "alga.registry.deleted.blobs") own.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, blobs, tags, _) =>
        {
            // Nothing else in this process deletes such code.
            if (tags[0].Value is CollectMetrics.UnusedCode) Interlocked.Add(ref deleted, blobs);
        });
        listener.Start();
        await MarkAsync(used, 0);
        await MarkAsync(other, 31);
        await PutAsync(SharedCode(other));
        await PutAsync(Code((await app.PublishNewAsync()).Contents.Hash, other));

        await app.CollectAllAsync();

        Assert.Equal(2, Interlocked.Read(ref deleted));
    }

    [Fact]
    public async Task Engine_and_machine_make_a_variant_together()
    {
        var sibling = used with { Target = "aarch64-unknown-linux-gnu" };
        await MarkAsync(used, 0);
        await MarkAsync(sibling, 31);
        await PutAsync(SharedCode(used));
        await PutAsync(SharedCode(sibling));

        Assert.Equal(1, (await app.CollectAllAsync()).CompiledDeleted);
        Assert.True(await IsThereAsync(SharedCode(used)));
    }

    [Fact]
    public async Task Where_no_runner_has_run_for_long_all_code_waits_for_the_next_one()
    {
        await MarkAsync(used, 90);
        await PutAsync(SharedCode(used));

        Assert.Equal(0, (await app.CollectAllAsync()).CompiledDeleted);
        Assert.True(await IsThereAsync(SharedCode(used)));
        Assert.Equal([used.Mark(today.AddDays(-90))], await MarksAsync(used));
    }

    [Fact]
    public async Task Code_without_a_mark_is_left_alone_from_when_it_was_first_seen()
    {
        var hash = (await app.PublishNewAsync()).Contents.Hash;
        await MarkAsync(used, 0);
        await PutAsync(Code(hash, other));

        for (var round = 0; round < 2; round++)
        {
            Assert.Equal(0, (await app.CollectAllAsync()).CompiledDeleted);
            Assert.Equal([other.Mark(today)], await MarksAsync(other));
        }

        await app.Inventory.DeleteAsync(other.Mark(today), CancellationToken.None);
        await MarkAsync(other, 31);
        Assert.Equal(1, (await app.CollectAllAsync()).CompiledDeleted);
        Assert.False(await IsThereAsync(Code(hash, other)));
    }

    [Fact]
    public async Task A_runner_that_comes_back_keeps_its_code_by_one_mark()
    {
        await MarkAsync(used, 0);
        await MarkAsync(other, 40);
        await MarkAsync(other, 0);
        await PutAsync(SharedCode(other));

        Assert.Equal(0, (await app.CollectAllAsync()).CompiledDeleted);
        Assert.True(await IsThereAsync(SharedCode(other)));
    }

    [Fact]
    public async Task A_mark_of_a_day_to_come_keeps_nothing()
    {
        await MarkAsync(used, 0);
        await MarkAsync(other, 31);
        await MarkAsync(other, -2);
        await PutAsync(SharedCode(other));

        Assert.Equal(1, (await app.CollectAllAsync()).CompiledDeleted);
    }

    [Fact]
    public async Task A_mark_of_a_day_to_come_lets_nothing_else_be_deleted()
    {
        await MarkAsync(used, -2);
        await MarkAsync(other, 31);
        await PutAsync(SharedCode(other));

        Assert.Equal(0, (await app.CollectAllAsync()).CompiledDeleted);
    }

    [Fact]
    public async Task What_is_not_named_like_compiled_code_is_left_alone()
    {
        var hash = (await app.PublishNewAsync()).Contents.Hash;
        await MarkAsync(used, 0);
        await MarkAsync(other, 31);
        var folder = BundleBlobNames.CompiledFolder(hash);
        string[] names =
        [
            $"{folder}note", $"{folder}{other.Fingerprint}/{other.Target}.wasm", $"{folder}{other.Fingerprint}/deep/{other.Target}.cwasm",
            $"{BundleBlobNames.SharedCodeFolder}{other.Fingerprint}/{other.Target}.cwasm",
        ];
        foreach (var name in names) await PutAsync(name);

        Assert.Equal(0, (await app.CollectAllAsync()).CompiledDeleted);
        foreach (var name in names) Assert.True(await IsThereAsync(name), name);
    }

    [Fact]
    public async Task Marks_that_say_nothing_any_more_are_deleted()
    {
        var gone = NewVariant();
        foreach (var age in new[] { 0, 1, 29, 31 }) await MarkAsync(used, age);
        foreach (var age in new[] { 31, 60 }) await MarkAsync(other, age);
        await MarkAsync(gone, 61);

        await app.CollectAllAsync();

        Assert.Equal([used.Mark(today)], await MarksAsync(used));
        Assert.Equal([other.Mark(today.AddDays(-31))], await MarksAsync(other));
        Assert.Empty(await MarksAsync(gone));
    }

    [Fact]
    public async Task Compiled_code_goes_with_an_orphaned_bundle_also_when_it_comes_later()
    {
        var bundle = await TestBundle.PackAsync(app.NewName(), "1.0.0");
        var hash = bundle.Contents.Hash;
        await MarkAsync(used, 0);
        await PutAsync(BundleBlobNames.Bundle(hash));
        for (var round = 0; round < 2; round++)
        {
            await PutAsync(Code(hash, used));
            await app.CollectAllAsync();
            Assert.True(await IsThereAsync(Code(hash, used)));
            await app.AgeClaimAsync(hash);
            await app.CollectAllAsync();
            Assert.Empty(await app.Inventory.ListAsync(BundleBlobNames.Folder(hash), CancellationToken.None));
        }
    }

    private static CompiledVariant NewVariant() => new(RandomNumberGenerator.GetHexString(16, lowercase: true), "x86_64-unknown-linux-gnu");

    private static string Code(ContentHash hash, CompiledVariant variant) => BundleBlobNames.Compiled(hash, variant.Fingerprint, variant.Target);

    private static string SharedCode(CompiledVariant variant) => BundleBlobNames.SharedCode(SharedModule, variant.Fingerprint, variant.Target);

    private Task MarkAsync(CompiledVariant variant, int daysAgo) => PutAsync(variant.Mark(today.AddDays(-daysAgo)));

    private async Task<IReadOnlyList<string>> MarksAsync(CompiledVariant variant) =>
        await app.Inventory.ListAsync($"{CompiledVariant.MarksFolder}{variant.Fingerprint}/", CancellationToken.None);

    private async Task PutAsync(string name) => await app.Store.CreateAsync(name, new MemoryStream([1]), "application/octet-stream", CancellationToken.None);

    private async Task<bool> IsThereAsync(string name)
    {
        await using var stream = await app.Store.OpenReadAsync(name, CancellationToken.None);
        return stream is not null;
    }
}
