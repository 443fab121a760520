using Alga.Extensions.Registry.Tests.Fixtures;
using Alga.Extensions.Signing;
using Dapper;

namespace Alga.Extensions.Registry.Tests;

/// <summary>The life of a publisher's keys, over the real HTTP path.</summary>
public sealed class KeyTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    private const string Acme = "/api/registry/publishers/acme/keys";

    private readonly SigningKey key = SigningKey.Create();

    [Fact]
    public async Task A_key_that_a_publisher_added_signs_its_versions_and_stands_in_the_index()
    {
        (await AddAsync()).Is(201);
        (await AddAsync()).Is(200);

        var bundle = await PublishAsync();

        var index = await app.IndexAsync(bundle.Name);
        Assert.Equal(key.Public.KeyId, Assert.Single(index.Statement.Versions).KeyId);
        Assert.Contains(index.Statement.Keys, entry => entry.KeyId == key.Public.KeyId && entry is { Status: KeyState.Active, PublicKey: not null });
        (await app.InstallAsync(bundle.Name, app.Admin, new { version = bundle.Version })).Is(201);
    }

    [Fact]
    public async Task A_key_that_nobody_added_signs_nothing()
    {
        var bundle = await PackAsync();

        (await app.PublishAsync(bundle, bundle.Sign(key), app.Developer)).Is(422, "signature_invalid");
    }

    [Fact]
    public async Task A_proof_by_another_key_for_another_publisher_or_from_another_time_is_refused()
    {
        using var other = SigningKey.Create();
        var now = TimeProvider.System.GetUtcNow();
        foreach (var proof in new[]
        {
            Prove(other, KeyProof.Of(BundleStatement.DefaultRegistry, "acme", key.Public, now)),
            Prove(key, KeyProof.Of(BundleStatement.DefaultRegistry, "globex", key.Public, now)),
            Prove(key, KeyProof.Of("elsewhere", "acme", key.Public, now)),
            Prove(key, KeyProof.Of(BundleStatement.DefaultRegistry, "acme", other.Public, now)),
            Prove(key, KeyProof.Of(BundleStatement.DefaultRegistry, "acme", key.Public, now.AddMinutes(-11))),
            Prove(key, KeyProof.Of(BundleStatement.DefaultRegistry, "acme", key.Public, now.AddMinutes(11))),
            [1, 2, 3],
        })
        {
            (await app.PostJsonAsync(Acme, app.Developer, new { publicKey = key.Public.ToPem(), proof })).Is(422, "signature_invalid");
        }
    }

    [Fact]
    public async Task A_key_of_the_trust_bundle_or_of_another_publisher_is_not_added()
    {
        (await AddAsync(app.Key)).Is(409, "conflict");
        (await AddAsync(app.RegistryKey)).Is(409, "conflict");
        (await AddAsync()).Is(201);
        var proof = Prove(key, KeyProof.Of(BundleStatement.DefaultRegistry, "globex", key.Public, TimeProvider.System.GetUtcNow()));
        (await app.PostJsonAsync("/api/registry/publishers/globex/keys", app.OtherDeveloper, new { publicKey = key.Public.ToPem(), proof })).Is(409, "conflict");
    }

    [Fact]
    public async Task A_retired_key_signs_nothing_new_and_what_it_signed_before_is_still_installed()
    {
        (await AddAsync()).Is(201);
        var bundle = await PublishAsync();

        (await app.PostJsonAsync($"{Acme}/{key.Public.KeyId}/retire", app.Developer, new { })).Is(200);
        (await app.PostJsonAsync($"{Acme}/{key.Public.KeyId}/retire", app.Developer, new { })).Is(200);

        var next = await PackAsync();
        (await app.PublishAsync(next, next.Sign(key), app.Developer)).Is(422, "signature_invalid");
        (await app.InstallAsync(bundle.Name, app.Admin, new { version = bundle.Version })).Is(201);
        (await app.PublishAsync(bundle, bundle.Sign(key), app.Developer)).Is(200);
        (await AddAsync()).Is(409, "conflict");
    }

    [Fact]
    public async Task A_compromise_rejects_what_was_accepted_from_then_on_and_leaves_the_rest()
    {
        (await AddAsync()).Is(201);
        var old = await PublishAsync();
        var accepted = Assert.Single((await app.IndexAsync(old.Name)).Statement.Versions).AcceptedAt;
        var since = accepted.AddMilliseconds(1);
        while (TimeProvider.System.GetUtcNow() <= since) await Task.Delay(2);
        var late = await PublishAsync();

        (await CompromiseAsync(app.Developer, since)).Is(200);

        (await app.InstallAsync(old.Name, app.Admin, new { version = old.Version })).Is(201);
        (await app.InstallAsync(late.Name, app.Admin, new { version = late.Version })).Is(403, "version_revoked");
        var next = await PackAsync();
        (await app.PublishAsync(next, next.Sign(key), app.Developer)).Is(403, "version_revoked");
        var entry = (await app.IndexAsync(old.Name)).Statement.Keys.Single(other => other.KeyId == key.Public.KeyId);
        Assert.Equal((KeyState.Compromised, (DateTimeOffset?)since), (entry.Status, entry.Since));

        (await CompromiseAsync(app.Developer, accepted)).Is(200);
        (await app.InstallAsync(old.Name, app.OtherAdmin, new { version = old.Version })).Is(403, "version_revoked");
        (await CompromiseAsync(app.Developer, since)).Is(403, "forbidden");
        (await CompromiseAsync(app.Operator, since)).Is(200);
        (await app.InstallAsync(old.Name, app.OtherAdmin, new { version = old.Version })).Is(201);
    }

    [Fact]
    public async Task A_key_of_the_trust_bundle_can_be_compromised_without_touching_the_trust_bundle()
    {
        using var owner = await app.OpenOwnerAsync();
        var name = $"com.globex.test{Guid.CreateVersion7(TimeProvider.System.GetUtcNow()):N}"[..40];
        (await app.RegisterAsync(name, app.OtherDeveloper, "globex")).Is(201);
        var bundle = await TestBundle.PackAsync(name, "1.0.0", "globex");
        (await app.PublishAsync(bundle, bundle.Sign(app.OtherKey), app.OtherDeveloper)).Is(201);

        (await app.PostJsonAsync($"/api/registry/publishers/globex/keys/{app.OtherKey.Public.KeyId}/compromise", app.Operator, new { since = TimeProvider.System.GetUtcNow().AddDays(-1) })).Is(200);

        (await app.InstallAsync(name, app.Admin, new { version = "1.0.0" })).Is(403, "version_revoked");
        var entry = Assert.Single((await app.IndexAsync(name)).Statement.Keys);
        Assert.Null(entry.PublicKey);
        Assert.Equal(1, await owner.ExecuteScalarAsync<int>("select count(*) from audit_log where action = 'key.compromise' and target = @target", new { target = $"globex#{app.OtherKey.Public.KeyId}" }));
    }

    [Fact]
    public async Task Keys_are_listed_to_their_publisher_and_operators_and_to_nobody_else()
    {
        (await AddAsync()).Is(201);

        foreach (var token in new[] { app.Developer, app.Operator })
        {
            var listed = (await app.GetAsync(Acme, token)).Is(200).Json.GetProperty("keys").EnumerateArray().ToList();
            Assert.Contains(listed, item => item.GetProperty("keyId").GetString() == key.Public.KeyId && item.GetProperty("source").GetString() == "registry");
            Assert.Contains(listed, item => item.GetProperty("keyId").GetString() == app.Key.Public.KeyId && item.GetProperty("source").GetString() == "trust-bundle");
        }

        (await app.GetAsync(Acme, app.OtherDeveloper)).Is(404, "not_found");
        (await app.GetAsync(Acme, app.Admin)).Is(403, "forbidden");
        (await app.GetAsync(Acme, null)).Is(401, "unauthenticated");
        (await app.PostJsonAsync($"{Acme}/{key.Public.KeyId}/retire", app.OtherDeveloper, new { })).Is(404, "not_found");
    }

    [Fact]
    public async Task Unknown_keys_and_times_in_the_future_are_refused()
    {
        (await app.PostJsonAsync($"{Acme}/{new string('0', 64)}/retire", app.Developer, new { })).Is(404, "not_found");
        (await app.PostJsonAsync($"{Acme}/nonsense/retire", app.Developer, new { })).Is(404, "not_found");
        (await AddAsync()).Is(201);
        (await CompromiseAsync(app.Developer, TimeProvider.System.GetUtcNow().AddHours(1))).Is(400, "invalid_request");
        (await CompromiseAsync(app.Developer, TimeProvider.System.GetUtcNow())).Is(200);
        (await app.PostJsonAsync($"{Acme}/{key.Public.KeyId}/retire", app.Developer, new { })).Is(409, "conflict");
    }

    [Fact]
    public async Task A_key_is_valid_only_within_its_bounds()
    {
        var now = TimeProvider.System.GetUtcNow();
        (await AddAsync(key, notBefore: now.AddDays(2), notAfter: now.AddDays(1))).Is(400, "invalid_request");
        (await AddAsync(key, notAfter: now.AddDays(-1))).Is(400, "invalid_request");
        (await AddAsync(key, notBefore: now.AddDays(1))).Is(201);
        var bundle = await PackAsync();

        (await app.PublishAsync(bundle, bundle.Sign(key), app.Developer)).Is(422, "signature_invalid");
    }

    private Task<RegistryAnswer> AddAsync(SigningKey? other = null, DateTimeOffset? notBefore = null, DateTimeOffset? notAfter = null)
    {
        var added = other ?? key;
        var proof = Prove(added, KeyProof.Of(BundleStatement.DefaultRegistry, "acme", added.Public, TimeProvider.System.GetUtcNow()));
        return app.PostJsonAsync(Acme, app.Developer, new { publicKey = added.Public.ToPem(), proof, notBefore, notAfter });
    }

    private Task<RegistryAnswer> CompromiseAsync(string token, DateTimeOffset since) => app.PostJsonAsync($"{Acme}/{key.Public.KeyId}/compromise", token, new { since });

    private static byte[] Prove(SigningKey signer, KeyProof proof)
    {
        Assert.True(EnvelopeSigner.Sign(proof, signer).TryGet(out var envelope, out _));
        return envelope;
    }

    private async Task<TestBundle> PackAsync()
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        return await TestBundle.PackAsync(name, "1.0.0");
    }

    private async Task<TestBundle> PublishAsync()
    {
        var bundle = await PackAsync();
        (await app.PublishAsync(bundle, bundle.Sign(key), app.Developer)).Is(201);
        return bundle;
    }
}
