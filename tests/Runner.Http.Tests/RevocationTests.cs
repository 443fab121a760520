using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Guests;
using Alga.Extensions.Signing;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>Both signatures and the index, through the runner's own door.</summary>
public sealed class RevocationTests(RunnerFixture runner) : IClassFixture<RunnerFixture>
{
    private readonly string version = runner.NextVersion();

    [Fact]
    public async Task A_version_in_memory_is_refused_as_soon_as_it_is_revoked_and_runs_again_when_that_is_taken_back()
    {
        var hash = await PublishAsync();
        Assert.Equal(200, (await ExecuteAsync(hash)).Status);

        await SetStatusAsync(VersionState.Revoked);
        await WaitForAsync(hash, "version_revoked");
        await SetStatusAsync(VersionState.Ok);
        await WaitForAsync(hash, "ok");
    }

    [Fact]
    public async Task A_revoked_version_is_refused_by_a_runner_that_has_it_only_on_its_disk()
    {
        var hash = await PublishAsync();
        await ExecuteAsync(hash);
        await SetStatusAsync(VersionState.Revoked);
        await using var second = await runner.StartAsync();
        using var client = new HttpClient { BaseAddress = RunnerFixture.AddressOf(second) };

        while (true)
        {
            var request = RunnerFixture.Request(hash, version: version);
            var bytes = RunnerFixture.Serialize(request);
            using var response = await runner.PostAsync(bytes, runner.Token(request, bytes), client);
            var code = await RunnerFixture.CodeAsync(response);
            if (code == "version_revoked") return;
            Assert.Equal("overloaded", code);
            await Task.Delay(20);
        }
    }

    [Fact]
    public async Task A_compromised_key_stops_what_was_accepted_from_then_on_and_nothing_else()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var key = SigningKey.Create();
        runner.Publisher.Registry.Keys.Add(new IndexedKey(key.Public.KeyId, Convert.ToBase64String(key.Public.ToDer()), KeyState.Active, null, null, null));
        var before = runner.NextVersion();
        var old = await runner.Publisher.PublishAsync(Guest.Wasm("hello"), before, key, acceptedAt: now.AddHours(-2));
        var late = await runner.Publisher.PublishAsync(Guest.Wasm("hello"), version, key, acceptedAt: now.AddHours(-1));
        Assert.Equal(200, (await runner.ExecuteAsync(RunnerFixture.Request(old, version: before))).Status);
        Assert.Equal(200, (await ExecuteAsync(late)).Status);

        runner.Publisher.Registry.Keys[^1] = runner.Publisher.Registry.Keys[^1] with { Status = KeyState.Compromised, Since = now.AddHours(-1) };
        await PublishIndexAsync();
        await WaitForAsync(late, "version_revoked");

        Assert.Equal(200, (await runner.ExecuteAsync(RunnerFixture.Request(old, version: before))).Status);
    }

    [Fact]
    public async Task A_key_that_only_the_index_names_signs_for_its_publisher()
    {
        using var key = SigningKey.Create();
        runner.Publisher.Registry.Keys.Add(new IndexedKey(key.Public.KeyId, Convert.ToBase64String(key.Public.ToDer()), KeyState.Active, null, null, null));

        var hash = await runner.Publisher.PublishAsync(Guest.Wasm("hello"), version, key);

        Assert.Equal(200, (await ExecuteAsync(hash)).Status);
    }

    [Fact]
    public async Task A_bundle_without_counter_signature_is_unavailable()
    {
        var hash = await PublishAsync();
        runner.Store.Remove(BundleBlobNames.Acceptance(hash));

        Assert.Equal("bundle_unavailable", await RefuseAsync(hash));
    }

    [Fact]
    public async Task A_counter_signature_by_the_publishers_key_is_refused() =>
        Assert.Equal("signature_invalid", await RefuseAsync(await runner.Publisher.PublishAsync(Guest.Wasm("hello"), version, registryKey: runner.Publisher.Key)));

    public static TheoryData<string> Fields => ["registry", "publisher", "extension", "version", "hash", "size", "envelope", "key"];

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_counter_signature_that_differs_in_one_field_is_refused(string field)
    {
        var hash = await runner.Publisher.PublishAsync(Guest.Wasm("hello"), version, changeAcceptance: acceptance => field switch
        {
            "registry" => acceptance with { Registry = "elsewhere" },
            "publisher" => acceptance with { Publisher = "other" },
            "extension" => acceptance with { Extension = "com.alga.samples.other" },
            "version" => acceptance with { Version = "0.0.1" },
            "hash" => acceptance with { Bundle = acceptance.Bundle with { Sha256 = new string('0', 64) } },
            "size" => acceptance with { Bundle = acceptance.Bundle with { SizeBytes = 1 } },
            "envelope" => acceptance with { EnvelopeSha256 = new string('0', 64) },
            _ => acceptance with { PublisherKeyId = new string('0', 64) },
        });

        // Of an extension that has no index, nothing can be said; every other lie is found as one.
        Assert.Equal(field == "extension" ? "bundle_unavailable" : "signature_invalid", await RefuseAsync(hash));
    }

    [Fact]
    public async Task A_counter_signature_taken_from_another_version_is_refused()
    {
        var other = await runner.Publisher.PublishAsync(Guest.Wasm("echo"), runner.NextVersion());
        var hash = await PublishAsync();
        runner.Store[BundleBlobNames.Acceptance(hash)] = runner.Store[BundleBlobNames.Acceptance(other)];

        Assert.Equal("signature_invalid", await RefuseAsync(hash));
    }

    private Task<ContentHash> PublishAsync() => runner.Publisher.PublishAsync(Guest.Wasm("hello"), version);

    private Task<Contracts.Execution.ExecuteResponse> ExecuteAsync(ContentHash hash) => runner.ExecuteAsync(RunnerFixture.Request(hash, version: version));

    private Task<string> RefuseAsync(ContentHash hash) => runner.RefuseAsync(RunnerFixture.Request(hash, version: version));

    private Task SetStatusAsync(string status)
    {
        runner.Publisher.Registry.SetStatus(version, status);
        return PublishIndexAsync();
    }

    private Task PublishIndexAsync() => runner.Publisher.Registry.PublishIndexAsync(runner.Database.Owner, TimeProvider.System.GetUtcNow());

    /// <summary>Asks until the announcement has arrived.</summary>
    private async Task WaitForAsync(ContentHash hash, string expected)
    {
        while (true)
        {
            using var response = await runner.PostAsync(RunnerFixture.Request(hash, version: version));
            if ((response.IsSuccessStatusCode ? "ok" : await RunnerFixture.CodeAsync(response)) == expected) return;
            await Task.Delay(20);
        }
    }
}
