using System.Text;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Guests;
using Alga.Extensions.Signing;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>What the runner makes of a bundle before it runs anything of it.</summary>
public sealed class LoadTests(RunnerFixture runner) : IClassFixture<RunnerFixture>
{
    private readonly string version = runner.NextVersion();

    [Fact]
    public async Task A_bundle_that_is_not_there_is_unavailable() =>
        Assert.Equal("bundle_unavailable", await runner.RefuseAsync(RunnerFixture.Request(ContentHash.Of("nothing"u8), version: version)));

    [Fact]
    public async Task An_unsigned_bundle_is_unavailable()
    {
        var hash = await PublishAsync();
        runner.Store.Remove(BundleBlobNames.Envelope(hash));
        Assert.Equal("bundle_unavailable", await RefuseAsync(hash));
    }

    [Fact]
    public async Task A_bundle_signed_with_a_foreign_key_is_refused()
    {
        using var foreign = SigningKey.Create();
        Assert.Equal("signature_invalid", await RefuseAsync(await runner.Publisher.PublishAsync(Guest.Wasm("hello"), version, foreign)));
    }

    public static TheoryData<string> Fields => ["registry", "publisher", "extension", "version", "hash", "size", "file", "capabilities"];

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task A_statement_that_differs_in_one_field_is_refused(string field) =>
        Assert.Equal("signature_invalid", await RefuseAsync(await runner.Publisher.PublishAsync(Guest.Wasm("hello"), version, change: statement => field switch
        {
            "registry" => statement with { Registry = "other" },
            "publisher" => statement with { Publisher = "other" },
            "extension" => statement with { Extension = "com.alga.samples.other" },
            "version" => statement with { Version = "0.0.1" },
            "hash" => statement with { Bundle = statement.Bundle with { Sha256 = new string('0', 64) } },
            "size" => statement with { Bundle = statement.Bundle with { SizeBytes = 1 } },
            "file" => statement with { Files = [statement.Files[0] with { Sha256 = new string('0', 64) }, .. statement.Files.Skip(1)] },
            _ => statement with { Capabilities = [.. statement.Capabilities, "http.fetch"] },
        })));

    [Fact]
    public async Task A_bundle_of_another_version_than_asked_for_is_refused()
    {
        var hash = await PublishAsync();
        Assert.Equal("signature_invalid", await runner.RefuseAsync(RunnerFixture.Request(hash, version: "8.8.8")));
    }

    [Fact]
    public async Task A_bundle_altered_in_the_store_is_refused()
    {
        var hash = await PublishAsync();
        var name = BundleBlobNames.Bundle(hash);
        var altered = (byte[])runner.Store[name].Clone();
        altered[^20] ^= 1;
        runner.Store[name] = altered;
        Assert.Equal("bundle_unavailable", await RefuseAsync(hash));
    }

    [Fact]
    public async Task Another_bundle_under_the_name_is_refused()
    {
        var hash = await PublishAsync();
        // As another version: of two bundles under one version the index lists the last, and the first would be refused for that.
        var other = await runner.Publisher.PublishAsync(Guest.Wasm("echo"), runner.NextVersion());
        runner.Store[BundleBlobNames.Bundle(hash)] = runner.Store[BundleBlobNames.Bundle(other)];
        Assert.Equal("bundle_unavailable", await RefuseAsync(hash));
    }

    [Theory]
    [InlineData("wasi:sockets/instance-network@0.2.0")]
    [InlineData("wasi:http/outgoing-handler@0.2.0")]
    public async Task A_component_that_imports_the_network_is_refused(string import)
    {
        var wasm = Guest.Wasm("hello", "(core module $m", $"(import \"{import}\" (instance)) (core module $m");
        Assert.Equal("bundle_unavailable", await RefuseAsync(await runner.Publisher.PublishAsync(wasm, version)));
    }

    [Fact]
    public async Task A_burst_fetches_once_and_nothing_is_fetched_again()
    {
        var hash = await PublishAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => runner.ExecuteAsync(RunnerFixture.Request(hash, version: version))));
        Assert.All(answers, answer => Assert.Equal("hello", Encoding.UTF8.GetString(answer.Body!)));
        Assert.Equal(1, runner.Store.Reads[BundleBlobNames.Bundle(hash)]);
    }

    [Fact]
    public async Task What_the_registry_announces_is_loaded_before_its_first_request()
    {
        var hash = await PublishAsync();
        // Again until it is heard: the runner may not listen yet.
        while (!runner.Store.Reads.ContainsKey(BundleBlobNames.Bundle(hash)))
        {
            await runner.ExecuteAsOwnerAsync($"notify extension_installed, '{hash}'");
            await Task.Delay(100);
        }

        Assert.Equal(200, (await runner.ExecuteAsync(RunnerFixture.Request(hash, version: version))).Status);
        Assert.Equal(1, runner.Store.Reads[BundleBlobNames.Bundle(hash)]);
    }

    [Fact]
    public async Task After_a_warmup_what_is_installed_is_loaded()
    {
        var hash = await PublishAsync();
        await runner.ExecuteAsOwnerAsync(
            $"insert into extension_bundle (content_hash, size_bytes, created_at, last_installed_at) values ('{hash}', 1, now(), now())");
        using var response = await runner.Client.GetAsync(new Uri("/warmup", UriKind.Relative));
        Assert.True(response.IsSuccessStatusCode);
        Assert.Equal(1, runner.Store.Reads[BundleBlobNames.Bundle(hash)]);
    }

    private Task<ContentHash> PublishAsync() => runner.Publisher.PublishAsync(Guest.Wasm("hello"), version);

    private Task<string> RefuseAsync(ContentHash hash) => runner.RefuseAsync(RunnerFixture.Request(hash, version: version));
}
