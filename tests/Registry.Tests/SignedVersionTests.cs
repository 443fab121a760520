using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Tests.Fixtures;
using Alga.Extensions.Signing;
using Dapper;

namespace Alga.Extensions.Registry.Tests;

/// <summary>The registry's own signatures, over the real HTTP path.</summary>
public sealed class SignedVersionTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task A_published_version_is_counter_signed_with_the_time_of_acceptance()
    {
        var before = TimeProvider.System.GetUtcNow();
        var bundle = await app.PublishNewAsync();

        var acceptance = await AcceptanceAsync(bundle);

        var envelope = await BlobAsync(BundleBlobNames.Envelope(bundle.Contents.Hash));
        Assert.Equal(
            (bundle.Publisher, bundle.Name, bundle.Version, bundle.Contents.Hash.Hex, (long)bundle.Bytes.Length),
            (acceptance.Publisher, acceptance.Extension, acceptance.Version, acceptance.Bundle.Sha256, acceptance.Bundle.SizeBytes));
        Assert.Equal((ContentHash.Of(envelope).Hex, app.Key.Public.KeyId), (acceptance.EnvelopeSha256, acceptance.PublisherKeyId));
        Assert.InRange(acceptance.AcceptedAt, before.AddMilliseconds(-1), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Publishing_again_keeps_the_first_counter_signature_and_the_index()
    {
        var bundle = await app.PublishNewAsync();
        var acceptance = await BlobAsync(BundleBlobNames.Acceptance(bundle.Contents.Hash));
        var index = await IndexAsync(bundle.Name);

        (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(200);

        Assert.Equal(acceptance, await BlobAsync(BundleBlobNames.Acceptance(bundle.Contents.Hash)));
        Assert.Equal(index.Statement.Number, (await IndexAsync(bundle.Name)).Statement.Number);
    }

    [Fact]
    public async Task A_publish_that_was_killed_after_the_counter_signature_goes_on_with_it()
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        var bundle = await TestBundle.PackAsync(name, "1.0.0");
        var envelope = bundle.Sign(app.Key);
        var earlier = TimeProvider.System.GetUtcNow().AddHours(-1);
        await PutAsync(BundleBlobNames.Bundle(bundle.Contents.Hash), bundle.Bytes);
        await PutAsync(BundleBlobNames.Envelope(bundle.Contents.Hash), envelope);
        await PutAsync(BundleBlobNames.Acceptance(bundle.Contents.Hash), CounterSign(bundle, envelope, earlier, app.RegistryKey));

        (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(201);

        Assert.Equal(earlier.ToUnixTimeMilliseconds(), (await AcceptanceAsync(bundle)).AcceptedAt.ToUnixTimeMilliseconds());
        Assert.Equal(earlier.ToUnixTimeMilliseconds(), Assert.Single((await IndexAsync(name)).Statement.Versions).AcceptedAt.ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task A_counter_signature_by_the_publishers_own_key_is_no_counter_signature()
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        var bundle = await TestBundle.PackAsync(name, "1.0.0");
        var envelope = bundle.Sign(app.Key);
        await PutAsync(BundleBlobNames.Envelope(bundle.Contents.Hash), envelope);
        await PutAsync(BundleBlobNames.Acceptance(bundle.Contents.Hash), CounterSign(bundle, envelope, TimeProvider.System.GetUtcNow(), app.Key));

        (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(409, "conflict");

        (await app.GetAsync($"/api/registry/extensions/{name}/versions/1.0.0", app.User)).Is(404, "not_found");
    }

    [Fact]
    public async Task An_install_verifies_the_counter_signature_too()
    {
        var bundle = await app.PublishNewAsync();
        var name = bundle.Name;
        var envelope = await BlobAsync(BundleBlobNames.Envelope(bundle.Contents.Hash));
        Assert.NotEmpty(envelope);
        await app.ReplaceBlobAsync(BundleBlobNames.Acceptance(bundle.Contents.Hash), CounterSign(bundle, envelope, TimeProvider.System.GetUtcNow(), app.Key));

        (await app.InstallAsync(name, app.Admin, new { version = "1.0.0" })).Is(422, "signature_invalid");
    }

    [Fact]
    public async Task The_index_lists_every_version_and_grows_by_one_with_each()
    {
        var first = await app.PublishNewAsync();
        var one = await IndexAsync(first.Name);
        await app.PublishNewAsync("1.1.0", name: first.Name);
        var two = await IndexAsync(first.Name);

        Assert.Equal(1, one.Statement.Number);
        Assert.Equal(2, two.Statement.Number);
        Assert.Equal(["1.0.0", "1.1.0"], two.Statement.Versions.Select(version => version.Version));
        Assert.All(two.Statement.Versions, version => Assert.Equal(VersionState.Ok, version.Status));
        Assert.Equal(TimeSpan.FromHours(168), two.Statement.ExpiresAt - two.Statement.IssuedAt);
    }

    [Fact]
    public async Task A_publisher_revokes_its_version_and_it_cannot_be_installed_any_more()
    {
        var bundle = await app.PublishNewAsync();

        var revoked = (await RevokeAsync(bundle, "revoke", app.Developer)).Is(200);
        var again = (await RevokeAsync(bundle, "revoke", app.Developer)).Is(200);

        Assert.Equal(revoked.Text, again.Text);
        Assert.Equal(VersionState.Revoked, Assert.Single((await IndexAsync(bundle.Name)).Statement.Versions).Status);
        Assert.Contains("it leaks", (await app.InstallAsync(bundle.Name, app.Admin, new { version = bundle.Version })).Is(403, "version_revoked").Detail, StringComparison.Ordinal);
        (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(200);
        Assert.Equal(2, (await IndexAsync(bundle.Name)).Statement.Number);
    }

    [Fact]
    public async Task Only_an_operator_takes_a_revocation_back_and_the_audit_log_has_both()
    {
        var bundle = await app.PublishNewAsync();
        (await RevokeAsync(bundle, "revoke", app.Operator)).Is(200);
        (await RevokeAsync(bundle, "restore", app.Developer)).Is(403, "forbidden");

        (await RevokeAsync(bundle, "restore", app.Operator)).Is(200);

        var index = await IndexAsync(bundle.Name);
        Assert.Equal((3L, VersionState.Ok), (index.Statement.Number, Assert.Single(index.Statement.Versions).Status));
        await using var owner = await app.OpenOwnerAsync();
        Assert.Equal(
            ["version.revoke", "version.restore"],
            await owner.QueryAsync<string>(
                "select action from audit_log where target = @target and action <> 'version.publish' order by audit_id", new { target = $"{bundle.Name}@{bundle.Version}" }));
    }

    [Fact]
    public async Task To_another_publisher_the_extension_is_not_there_and_a_user_revokes_nothing()
    {
        var bundle = await app.PublishNewAsync();

        (await RevokeAsync(bundle, "revoke", app.OtherDeveloper)).Is(404, "not_found");
        (await RevokeAsync(bundle, "revoke", app.Admin)).Is(403, "forbidden");
        (await RevokeAsync(bundle, "revoke", null)).Is(401, "unauthenticated");
        (await RevokeAsync(bundle with { Version = "9.9.9" }, "revoke", app.Developer)).Is(404, "not_found");
        (await RevokeAsync(bundle, "revoke", app.Developer, reason: "")).Is(400, "invalid_request");
    }

    [Fact]
    public async Task A_yank_stands_in_the_index_and_so_does_its_end()
    {
        var bundle = await app.PublishNewAsync();
        var path = $"/api/registry/extensions/{bundle.Name}/versions/{bundle.Version}";

        (await app.PostJsonAsync(path + "/yank", app.Developer, new { reason = "Broken." })).Is(200);
        Assert.Equal(VersionState.Yanked, Assert.Single((await IndexAsync(bundle.Name)).Statement.Versions).Status);
        (await app.PostJsonAsync(path + "/unyank", app.Developer, new { })).Is(200);
        Assert.Equal(VersionState.Ok, Assert.Single((await IndexAsync(bundle.Name)).Statement.Versions).Status);
    }

    [Fact]
    public async Task An_operator_advances_an_index_after_a_backup_was_restored()
    {
        var bundle = await app.PublishNewAsync();
        var path = $"/api/registry/extensions/{bundle.Name}/index/advance";
        (await app.PostJsonAsync(path, app.Developer, new { atLeast = 500, reason = "x" })).Is(403, "forbidden");
        (await app.PostJsonAsync(path, app.Operator, new { atLeast = 0, reason = "x" })).Is(400, "invalid_request");

        (await app.PostJsonAsync(path, app.Operator, new { atLeast = 500, reason = "Restored from a backup." })).Is(200);
        Assert.Equal(500, (await IndexAsync(bundle.Name)).Statement.Number);
        (await app.PostJsonAsync(path, app.Operator, new { atLeast = 5, reason = "Again." })).Is(200);
        Assert.Equal(501, (await IndexAsync(bundle.Name)).Statement.Number);
    }

    [Fact]
    public async Task An_extension_has_a_bounded_number_of_versions_and_its_index_stays_readable()
    {
        var bundle = await app.PublishNewAsync();
        await using var owner = await app.OpenOwnerAsync();
        await owner.ExecuteAsync(
            """
            with filler as (
              insert into extension_version (version_id, extension_id, version, content_hash, manifest, published_by, published_at)
              select gen_random_uuid(), v.extension_id, '0.' || number || '.0-' || repeat('x', 100), v.content_hash, '{}', 'test', now()
              from extension_version v, generate_series(1, 4998) number where v.extension_id = @name
              returning version_id)
            insert into extension_version_acceptance
            select f.version_id, a.publisher_key_id, a.envelope_sha256, a.accepted_at, a.acceptance
            from filler f, extension_version_acceptance a join extension_version v using (version_id) where v.extension_id = @name
            """,
            new { name = bundle.Name });

        await app.PublishNewAsync("1.1.0", name: bundle.Name);
        Assert.Equal(5_000, (await IndexAsync(bundle.Name)).Statement.Versions.Count);
        var next = await TestBundle.PackAsync(bundle.Name, "1.2.0");
        (await app.PublishAsync(next, next.Sign(app.Key), app.Developer)).Is(409, "conflict");
    }

    [Fact]
    public async Task An_index_with_less_than_half_of_its_life_left_is_signed_anew()
    {
        var bundle = await app.PublishNewAsync();
        await using var owner = await app.OpenOwnerAsync();
        await owner.ExecuteAsync("update extension_index set expires_at = now() + interval '83 hours' where extension_id = @name", new { name = bundle.Name });
        (await app.PostJsonAsync("/api/registry/maintenance/indexes/renew", app.Developer, new { })).Is(403, "forbidden");

        (await app.PostJsonAsync("/api/registry/maintenance/indexes/renew", app.Operator, new { })).Is(200);
        Assert.Equal(2, (await IndexAsync(bundle.Name)).Statement.Number);
        (await app.PostJsonAsync("/api/registry/maintenance/indexes/renew", app.Operator, new { })).Is(200);
        Assert.Equal(2, (await IndexAsync(bundle.Name)).Statement.Number);
    }

    [Fact]
    public async Task A_version_from_before_counter_signatures_gets_one_with_the_same_bytes()
    {
        var bundle = await app.PublishNewAsync();
        await using var owner = await app.OpenOwnerAsync();
        await owner.ExecuteAsync(
            "delete from extension_version_acceptance using extension_version v where v.version_id = extension_version_acceptance.version_id and v.extension_id = @name; delete from extension_index where extension_id = @name",
            new { name = bundle.Name });
        (await app.GetAsync($"/api/registry/extensions/{bundle.Name}/index", app.User)).Is(404, "not_found");

        (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(200);

        Assert.Equal(bundle.Version, Assert.Single((await IndexAsync(bundle.Name)).Statement.Versions).Version);
    }

    private Task<RegistryAnswer> RevokeAsync(TestBundle bundle, string verb, string? token, string reason = "Withdrawn: it leaks.") =>
        app.PostJsonAsync($"/api/registry/extensions/{bundle.Name}/versions/{bundle.Version}/{verb}", token, new { reason });

    private static byte[] CounterSign(TestBundle bundle, byte[] envelope, DateTimeOffset at, SigningKey key)
    {
        var keyId = System.Text.Json.JsonElement.Parse(envelope).GetProperty("signatures")[0].GetProperty("keyid").GetString()!;
        Assert.True(EnvelopeSigner.Sign(AcceptanceStatement.Of(new SignedStatement(bundle.Statement, keyId), envelope, at), key).TryGet(out var counter, out _));
        return counter;
    }

    private async Task<AcceptanceStatement> AcceptanceAsync(TestBundle bundle)
    {
        var stored = await BlobAsync(BundleBlobNames.Acceptance(bundle.Contents.Hash));
        Assert.Equal(stored, await app.GetBytesAsync($"/api/registry/extensions/{bundle.Name}/versions/{bundle.Version}/acceptance", app.User));
        Assert.True(RegistryVerifier.VerifyAcceptance(stored, app.Trust, BundleStatement.DefaultRegistry).TryGet(out var statement, out var refusal), refusal?.Message);
        return statement;
    }

    private async Task<VerifiedIndex> IndexAsync(string name) => await app.IndexAsync(name);

    private async Task PutAsync(string name, byte[] bytes) => await app.Store.CreateAsync(name, new MemoryStream(bytes), "application/octet-stream", CancellationToken.None);

    private async Task<byte[]> BlobAsync(string name)
    {
        await using var stream = await app.Store.OpenReadAsync(name, CancellationToken.None);
        Assert.NotNull(stream);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }
}
