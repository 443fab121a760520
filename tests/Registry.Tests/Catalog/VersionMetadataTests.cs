using System.Text;
using System.Text.Json;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests.Catalog;

public sealed class VersionMetadataTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    private const string Extra =
        """
        , "ui": { "type": "iframe", "entry": "ui/index.html", "hooks": { "appMenu": { "label": "Reports", "path": "/start" } } },
        "precompiled": { "x86_64-unknown-linux-gnu": "precompiled/x86_64-unknown-linux-gnu/main.cwasm" }, "sbom": "sbom.spdx.json",
        "events": [{ "topic": "ticket.created" }]
        """;

    [Fact]
    public async Task A_version_shows_all_that_is_known_of_it()
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        var manifest = Encoding.UTF8.GetBytes(TestBundle.Manifest(name, "1.0.0+build.7", "acme", Extra));
        var bundle = await TestBundle.PackFilesAsync(
            name,
            "1.0.0+build.7",
            "acme",
            ("dist/main.wasm", TestBundle.EmptyComponent),
            ("manifest.json", manifest),
            ("precompiled/x86_64-unknown-linux-gnu/main.cwasm", [0x7F, (byte)'E', (byte)'L', (byte)'F', 1, 2, 3]),
            ("sbom.spdx.json", "{}"u8.ToArray()),
            ("ui/index.html", "<!doctype html>"u8.ToArray()));
        var envelope = bundle.Sign(app.Key);
        (await app.PublishAsync(bundle, envelope, app.Developer)).Is(201);

        var version = (await app.GetAsync($"/api/registry/extensions/{name}/versions/1.0.0+build.7", app.User)).Is(200).Json;

        Assert.Equal(bundle.Contents.Hash.ToString(), version.GetProperty("contentHash").GetString());
        Assert.Equal("wasm-component@2", version.GetProperty("runtime").GetString());
        Assert.Equal(["x86_64-unknown-linux-gnu"], Texts(version, "precompiledTargets"));
        Assert.Equal(["storage.kv", "http.fetch"], Texts(version, "capabilities"));
        Assert.Equal(["api.example.com"], Texts(version, "egress"));
        var endpoint = Assert.Single(version.GetProperty("endpoints").EnumerateArray());
        Assert.Equal(("GET", "/hello"), (endpoint.GetProperty("method").GetString(), endpoint.GetProperty("path").GetString()));
        Assert.Equal("ui/index.html", version.GetProperty("ui").GetProperty("entry").GetString());
        Assert.Equal("Reports", version.GetProperty("ui").GetProperty("hooks").GetProperty("appMenu").GetProperty("label").GetString());
        Assert.Equal("sbom.spdx.json", version.GetProperty("sbom").GetString());
        Assert.Equal("ticket.created", Assert.Single(version.GetProperty("events").EnumerateArray()).GetProperty("topic").GetString());
        Assert.Equal(bundle.Bytes.Length, version.GetProperty("sizeBytes").GetInt64());
        Assert.Equal(bundle.Contents.Index.Files.Sum(file => file.SizeBytes), version.GetProperty("expandedBytes").GetInt64());
        Assert.Equal(5, version.GetProperty("fileCount").GetInt32());
        Assert.Equal(TestBundle.EmptyComponent.Length, version.GetProperty("componentBytes").GetInt64());
        Assert.EndsWith("#dev", version.GetProperty("publishedBy").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, version.GetProperty("yanked").ValueKind);
        Assert.Equal(JsonValueKind.Null, version.GetProperty("deprecated").ValueKind);
        Assert.False(version.GetProperty("prerelease").GetBoolean());
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(manifest), version.GetProperty("manifest")));

        var signature = (await app.GetAsync(version.GetProperty("signatureUrl").GetString()!, app.User)).Is(200);
        Assert.Equal(Encoding.UTF8.GetString(envelope), signature.Text);
        Assert.Equal("application/vnd.dsse+json", signature.MediaType);
    }

    [Fact]
    public async Task A_signature_that_is_gone_from_the_store_is_a_fault_that_may_pass_and_not_an_empty_answer()
    {
        var bundle = await app.PublishNewAsync();
        await using var owner = await app.OpenOwnerAsync();
        // As after a restore of the database beside an older store.
        await Dapper.SqlMapper.ExecuteAsync(
            owner,
            """
            insert into extension_bundle (content_hash, size_bytes, created_at) values (@hash, 1, now());
            insert into extension_version (version_id, extension_id, version, content_hash, manifest, published_by, published_at)
            select @id, extension_id, '3.0.0', @hash, manifest, published_by, published_at from extension_version where extension_id = @name;
            """,
            new { hash = "sha256:" + new string('0', 64), id = Guid.CreateVersion7(), name = bundle.Name });

        (await app.GetAsync($"/api/registry/extensions/{bundle.Name}/versions/3.0.0/signature", app.User)).Is(503, "bundle_unavailable");
        var version = (await app.GetAsync($"/api/registry/extensions/{bundle.Name}/versions/3.0.0", app.User)).Is(200).Json;
        Assert.Equal(JsonValueKind.Null, version.GetProperty("fileCount").ValueKind);
    }

    private static IEnumerable<string?> Texts(JsonElement version, string member) => version.GetProperty(member).EnumerateArray().Select(item => item.GetString());
}
