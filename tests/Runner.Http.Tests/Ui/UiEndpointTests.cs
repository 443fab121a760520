using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Guests;
using Alga.Extensions.Signing;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Runner.Http.Tests.Ui;

/// <summary>User interfaces over the runner's own door, from signed bundles.</summary>
public sealed class UiEndpointTests(RunnerFixture runner) : IClassFixture<RunnerFixture>
{
    private static readonly byte[] Page = Encoding.UTF8.GetBytes("<!doctype html><title>Guest</title><script type=\"module\" src=\"./main.js\"></script>");
    private static readonly byte[] Script = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 400).Select(i => $"export const name{i} = {i};")));
    private static readonly byte[] Picture = [0x89, 0x50, 0x4e, 0x47, 1, 2, 3];

    [Fact]
    public async Task A_file_comes_with_its_type_its_tag_and_leave_to_be_kept_for_ever()
    {
        var hash = await PublishAsync();
        using var response = await GetAsync(hash, "ui/index.html");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Page, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("public, max-age=31536000, immutable", response.Headers.GetValues("Cache-Control").Single());
        Assert.False(response.Headers.ETag!.IsWeak);
        using var picture = await GetAsync(hash, "ui/logo.png");
        Assert.Equal("image/png", picture.Content.Headers.ContentType!.ToString());
        Assert.False(picture.Headers.Contains("Vary"));
    }

    [Fact]
    public async Task Every_answer_has_the_headers_that_lock_the_page_in()
    {
        var hash = await PublishAsync();
        using var found = await GetAsync(hash, "ui/index.html");
        using var missing = await GetAsync(hash, "ui/nothing.js");
        using var unknown = await GetAsync(ContentHash.Of([1, 2, 3]), "ui/index.html");
        using var nonsense = await runner.Client.GetAsync("/ext-ui/nonsense");
        using var posted = await runner.Client.PostAsync(Path(hash, "ui/index.html"), null);
        using var known = await GetAsync(hash, "ui/index.html", ("If-None-Match", found.Headers.ETag!.ToString()));
        Assert.Equal([200, 404, 404, 404, 405, 304], new[] { found, missing, unknown, nonsense, posted, known }.Select(response => (int)response.StatusCode));
        foreach (var response in new[] { found, missing, unknown, nonsense, posted, known })
        {
            Assert.Equal(
                "sandbox allow-scripts; default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'; "
                + "form-action 'none'; base-uri 'none'; frame-ancestors https://app.example.com",
                response.Headers.GetValues("Content-Security-Policy").Single());
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("camera=()", response.Headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        }
    }

    [Fact]
    public async Task A_tenants_own_hosts_may_show_a_page_whose_url_names_their_list_and_everything_else_stays()
    {
        var hash = await PublishAsync();
        var list = HostOrigins.IdOf(["https://portal.acme.example"]);
        await using (var owner = new NpgsqlConnection(runner.Database.Owner))
        {
            await owner.ExecuteAsync("insert into host_origin_list values (@list, array['https://portal.acme.example'])", new { list });
        }

        using var plain = await GetAsync(hash, "ui/index.html");
        using var named = await GetAsync(hash, "ui/index.html?hosts=" + list);
        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        Assert.Equal(Policy(plain) + " https://portal.acme.example", Policy(named));
        Assert.Equal(plain.Headers.CacheControl, named.Headers.CacheControl);

        static string Policy(HttpResponseMessage response) => response.Headers.GetValues("Content-Security-Policy").Single();
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("https://evil.example")]
    [InlineData("' or true --")]
    [InlineData("")]
    public async Task A_list_of_hosts_that_is_not_there_opens_nothing(string list)
    {
        var hash = await PublishAsync();
        using var response = await GetAsync(hash, "ui/index.html?hosts=" + Uri.EscapeDataString(list));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.EndsWith("frame-ancestors https://app.example.com", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task A_text_comes_compressed_to_who_takes_that_and_each_form_has_its_own_tag(string encoding)
    {
        var hash = await PublishAsync();
        using var plain = await GetAsync(hash, "ui/main.js");
        using var compressed = await GetAsync(hash, "ui/main.js", ("Accept-Encoding", encoding));
        Assert.Equal([encoding], compressed.Content.Headers.ContentEncoding);
        Assert.Equal(["Accept-Encoding"], compressed.Headers.Vary);
        Assert.Equal(["Accept-Encoding"], plain.Headers.Vary);
        Assert.NotEqual(plain.Headers.ETag, compressed.Headers.ETag);
        await using var stream = await compressed.Content.ReadAsStreamAsync();
        await using Stream expanded = encoding == "br" ? new BrotliStream(stream, CompressionMode.Decompress) : new GZipStream(stream, CompressionMode.Decompress);
        using var memory = new MemoryStream();
        await expanded.CopyToAsync(memory);
        Assert.Equal(Script, memory.ToArray());
        Assert.InRange(compressed.Content.Headers.ContentLength!.Value, 1, Script.Length / 2);
        using var known = await GetAsync(hash, "ui/main.js", ("Accept-Encoding", encoding), ("If-None-Match", $"\"x\", {compressed.Headers.ETag}"));
        Assert.Equal(HttpStatusCode.NotModified, known.StatusCode);
    }

    [Fact]
    public async Task A_part_of_a_file_is_a_part_of_the_file_as_it_is()
    {
        var hash = await PublishAsync();
        using var part = await GetAsync(hash, "ui/main.js", ("Accept-Encoding", "br"), ("Range", "bytes=7-11"));
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal("const", await part.Content.ReadAsStringAsync());
        Assert.Equal(new ContentRangeHeaderValue(7, 11, Script.Length), part.Content.Headers.ContentRange);
        using var beyond = await GetAsync(hash, "ui/main.js", ("Range", "bytes=1000000-"));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        using var other = await GetAsync(hash, "ui/main.js", ("Range", "bytes=0-1"), ("If-Range", "\"another\""));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task HEAD_tells_everything_but_the_bytes()
    {
        var hash = await PublishAsync();
        using var response = await runner.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, Path(hash, "ui/main.js")));
        Assert.Equal(Script.Length, response.Content.Headers.ContentLength);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("dist/main.wasm")]
    [InlineData("ui")]
    [InlineData("ui/..%2fmanifest.json")]
    [InlineData("ui/%2e%2e/manifest.json")]
    [InlineData("ui//index.html")]
    [InlineData("UI/index.html")]
    [InlineData("ui/index.html%00.png")]
    [InlineData("ui%5cindex.html")]
    [InlineData("ui/index.html/")]
    public async Task Nothing_but_files_below_ui_is_there(string path)
    {
        var hash = await PublishAsync();
        using var response = await GetAsync(hash, path);
        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
        Assert.DoesNotContain("manifestVersion", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_is_not_there_under_another_extensions_name()
    {
        var hash = await PublishAsync();
        using var response = await runner.Client.GetAsync($"/ext-ui/com.other.guest/{hash}/ui/index.html");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_page_that_is_asked_for_at_one_of_its_own_routes_is_the_entry()
    {
        var hash = await PublishAsync();
        using var route = await GetAsync(hash, "ui/agreements/7", ("Accept", "text/html,application/xhtml+xml"));
        Assert.Equal(Page, await route.Content.ReadAsByteArrayAsync());
        using var script = await GetAsync(hash, "ui/agreements/7", ("Accept", "*/*"));
        using var file = await GetAsync(hash, "ui/agreements/7.js", ("Accept", "text/html"));
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (script.StatusCode, file.StatusCode));
    }

    [Fact]
    public async Task A_version_without_a_user_interface_has_none()
    {
        var hash = await runner.Publisher.PublishAsync(Guest.Wasm("hello"));
        using var response = await GetAsync(hash, "ui/index.html");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_damaged_file_of_the_cache_is_dropped_and_the_bundle_fetched_again()
    {
        var hash = await PublishAsync();
        (await GetAsync(hash, "ui/main.js")).Dispose();
        var file = System.IO.Path.Combine(runner.CacheRoot, "ui", hash.Hex + ".algaui");
        foreach (var damage in new Action<byte[]>[] { bytes => bytes[^1] ^= 1, bytes => bytes[20] ^= 1, bytes => bytes[3] ^= 1 })
        {
            var bytes = await File.ReadAllBytesAsync(file);
            damage(bytes);
            await File.WriteAllBytesAsync(file, bytes);
            await using var second = await runner.StartAsync();
            Assert.Equal(Script, await FetchAsync(RunnerFixture.AddressOf(second), hash));
            Assert.NotEqual(bytes, await File.ReadAllBytesAsync(file));
        }
    }

    [Fact]
    public async Task What_is_on_disk_is_served_while_the_bundle_store_is_away()
    {
        var hash = await PublishAsync();
        (await GetAsync(hash, "ui/main.js")).Dispose();
        runner.Store.Remove(BundleBlobNames.Bundle(hash));
        await using var second = await runner.StartAsync();
        Assert.Equal(Script, await FetchAsync(RunnerFixture.AddressOf(second), hash));
    }

    [Fact]
    public async Task A_bundle_whose_bytes_are_not_those_that_were_signed_is_not_served()
    {
        var hash = await PublishAsync();
        runner.Store[BundleBlobNames.Bundle(hash)] = [.. runner.Store[BundleBlobNames.Bundle(hash)][..^1], 0];
        using var response = await GetAsync(hash, "ui/main.js");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("no-store", response.Headers.GetValues("Cache-Control").Single());
    }

    [Fact]
    public async Task A_revoked_version_is_refused_also_where_it_is_in_memory()
    {
        var version = runner.NextVersion();
        var hash = await PublishAsync(version);
        (await GetAsync(hash, "ui/main.js")).Dispose();
        runner.Publisher.Registry.SetStatus(version, VersionState.Revoked);
        await runner.Publisher.Registry.PublishIndexAsync(runner.Database.Owner, TimeProvider.System.GetUtcNow());
        while (true)
        {
            using var response = await GetAsync(hash, "ui/main.js");
            if (response.StatusCode == HttpStatusCode.Forbidden) return;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            await Task.Delay(20);
        }
    }

    // Each with files of its own, so that no test finds another's in the cache.
    private Task<ContentHash> PublishAsync(string? version = null) => runner.Publisher.PublishAsync(
        Guest.Wasm("hello"), version, files: [("ui/index.html", Page), ("ui/logo.png", Picture), ("ui/main.js", Script)]);

    private async Task<byte[]> FetchAsync(Uri address, ContentHash hash)
    {
        while (true)
        {
            using var response = await runner.Client.GetAsync(new Uri(address, Path(hash, "ui/main.js")));
            if (response.StatusCode == HttpStatusCode.OK) return await response.Content.ReadAsByteArrayAsync();
            // Its keys come from the vault a moment after its start.
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            await Task.Delay(20);
        }
    }

    private async Task<HttpResponseMessage> GetAsync(ContentHash hash, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(runner.Client.BaseAddress!.AbsoluteUri.TrimEnd('/') + Path(hash, path), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await runner.Client.SendAsync(request);
    }

    private static string Path(ContentHash hash, string path) => $"/ext-ui/{Publisher.Extension}/{hash}/{path}";
}
