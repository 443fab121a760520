using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Tests.Fixtures;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Tests;

public sealed class PublishTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task A_signed_bundle_is_published_with_all_its_blobs()
    {
        var name = app.NewName();
        (await app.RegisterAsync(name, app.Developer)).Is(201);
        var bundle = await TestBundle.PackAsync(name, "1.2.3");

        var published = (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(201);

        Assert.Equal(bundle.Contents.Hash.ToString(), published.Json.GetProperty("contentHash").GetString());
        var hash = bundle.Contents.Hash;
        Assert.Equal(bundle.Bytes, await BlobAsync(BundleBlobNames.Bundle(hash)));
        Assert.Equal(TestBundle.EmptyComponent, await BlobAsync(BundleBlobNames.Component(hash)));
        Assert.Equal(bundle.Contents.Index.ToJson(), await BlobAsync(BundleBlobNames.Index(hash)));
        Assert.Contains(name, System.Text.Encoding.UTF8.GetString(await BlobAsync(BundleBlobNames.Manifest(hash))), StringComparison.Ordinal);
        Assert.NotEmpty(await BlobAsync(BundleBlobNames.Envelope(hash)));
        var version = (await app.GetAsync($"/api/registry/extensions/{name}/versions/1.2.3", app.User)).Is(200).Json;
        Assert.Equal(name, version.GetProperty("manifest").GetProperty("name").GetString());
        Assert.Equal(bundle.Bytes.Length, version.GetProperty("sizeBytes").GetInt64());
    }

    [Fact]
    public async Task Runners_are_told_of_a_new_version_once()
    {
        await using var listener = new NpgsqlConnection(app.Database.Runner);
        await listener.OpenAsync();
        var heard = new List<string>();
        listener.Notification += (_, notice) => heard.Add(notice.Payload);
        await listener.ExecuteAsync("listen extension_published");
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        var bundle = await TestBundle.PackAsync(name, "1.0.0");

        (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(201);
        (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(200);

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!heard.Contains(bundle.Contents.Hash.ToString())) await listener.WaitAsync(patience.Token);
        // Whatever came with it is here by now as well.
        await listener.ExecuteScalarAsync("select 1");
        Assert.Single(heard, payload => payload == bundle.Contents.Hash.ToString());
    }

    [Fact]
    public async Task Publishing_the_same_bytes_again_gives_the_same_answer_and_one_audit_entry()
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        var bundle = await TestBundle.PackAsync(name, "1.0.0");

        var first = (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(201);
        var second = (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(200);

        Assert.Equal(first.Text, second.Text);
        await using var owner = await app.OpenOwnerAsync();
        Assert.Equal(1, await owner.ExecuteScalarAsync<int>(
            "select count(*) from audit_log where action = 'version.publish' and target = @target", new { target = $"{name}@1.0.0" }));
    }

    [Fact]
    public async Task Other_bytes_under_a_published_version_are_refused_and_change_nothing()
    {
        var first = await app.PublishNewAsync();
        var other = await TestBundle.PackAsync(first.Name, first.Version, extra: """, "assets": ["ui/**"]""");

        (await app.PublishAsync(other, other.Sign(app.Key), app.Developer)).Is(409, "version_exists");

        var version = (await app.GetAsync($"/api/registry/extensions/{first.Name}/versions/{first.Version}", app.User)).Json;
        Assert.Equal(first.Contents.Hash.ToString(), version.GetProperty("contentHash").GetString());
    }

    [Fact]
    public async Task Of_publishers_of_one_version_at_once_exactly_one_wins()
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        var bundles = new List<TestBundle>();
        for (var number = 0; number < 4; number++) bundles.Add(await TestBundle.PackAsync(name, "1.0.0", extra: $$""", "limits": { "timeoutMs": {{100 + number}} }"""));

        var answers = await Task.WhenAll(bundles.Select(bundle => app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(3, answers.Count(answer => answer.Code == "version_exists"));
        var winner = bundles[Array.FindIndex(answers, answer => answer.Status == 201)];
        var version = (await app.GetAsync($"/api/registry/extensions/{name}/versions/1.0.0", app.User)).Is(200).Json;
        Assert.Equal(winner.Contents.Hash.ToString(), version.GetProperty("contentHash").GetString());
    }

    [Fact]
    public async Task A_publish_that_was_killed_between_blobs_and_row_is_finished_by_a_retry()
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        var bundle = await TestBundle.PackAsync(name, "1.0.0");
        await app.Store.CreateAsync(BundleBlobNames.Bundle(bundle.Contents.Hash), new MemoryStream(bundle.Bytes), "application/zstd", CancellationToken.None);
        await app.Store.CreateAsync(BundleBlobNames.Envelope(bundle.Contents.Hash), new MemoryStream(bundle.Sign(app.Key)), "application/vnd.dsse+json", CancellationToken.None);

        (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(201);

        Assert.Equal(TestBundle.EmptyComponent, await BlobAsync(BundleBlobNames.Component(bundle.Contents.Hash)));
    }

    [Fact]
    public async Task A_foreign_blob_at_the_bundles_hash_is_a_fault_and_nothing_becomes_visible()
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        var bundle = await TestBundle.PackAsync(name, "1.0.0");
        await app.Store.CreateAsync(BundleBlobNames.Component(bundle.Contents.Hash), new MemoryStream([1, 2, 3]), "application/wasm", CancellationToken.None);

        (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(500, "internal");

        (await app.GetAsync($"/api/registry/extensions/{name}/versions/1.0.0", app.User)).Is(404, "not_found");
    }

    [Fact]
    public async Task A_blob_that_was_forged_with_its_digests_is_found_when_the_bytes_are_published_again_or_installed()
    {
        var bundle = await app.PublishNewAsync();
        await app.ReplaceBlobAsync(BundleBlobNames.Index(bundle.Contents.Hash), """{"files":[]}"""u8.ToArray());

        (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(500, "internal");
        (await app.InstallAsync(bundle.Name, app.Admin, new { version = bundle.Version })).Is(422, "signature_invalid");
    }

    private async Task<byte[]> BlobAsync(string name)
    {
        await using var stream = await app.Store.OpenReadAsync(name, CancellationToken.None);
        Assert.NotNull(stream);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
