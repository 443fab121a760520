using System.Net.Http.Headers;
using System.Text;
using Alga.Extensions.Bundles;
using Alga.Extensions.Registry.Tests.Fixtures;

namespace Alga.Extensions.Registry.Tests;

public sealed class HostilePublishTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    [Fact]
    public async Task An_unsigned_bundle_is_refused() => await RefusedAsync(
        async bundle => await app.PublishAsync(bundle, Encoding.UTF8.GetBytes("{}"), app.Developer), 422, "signature_invalid");

    [Fact]
    public async Task A_bundle_that_was_altered_after_signing_is_refused() => await RefusedAsync(
        async bundle =>
        {
            var altered = await TestBundle.PackAsync(bundle.Name, bundle.Version, extra: """, "events": [{ "topic": "ticket.created" }]""");
            return await app.PublishAsync(altered, bundle.Sign(app.Key), app.Developer);
        },
        422,
        "signature_invalid",
        "bundle.sha256");

    [Fact]
    public async Task A_bundle_with_one_flipped_byte_is_refused() => await RefusedAsync(
        async bundle =>
        {
            var bytes = bundle.Bytes.ToArray();
            bytes[bytes.Length / 2] ^= 1;
            return await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer, bytes);
        },
        422,
        "bundle_invalid");

    [Fact]
    public async Task An_archive_that_is_none_is_refused() => await RefusedAsync(
        async bundle => await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer, "not an archive"u8.ToArray()), 422, "bundle_invalid");

    [Fact]
    public async Task A_key_of_another_publisher_is_refused() => await RefusedAsync(
        async bundle => await app.PublishAsync(bundle, bundle.Sign(app.OtherKey), app.Developer), 422, "signature_invalid");

    [Theory]
    [InlineData("registry")]
    [InlineData("publisher")]
    [InlineData("extension")]
    [InlineData("version")]
    [InlineData("capabilities")]
    [InlineData("files")]
    [InlineData("bundle.sizeBytes")]
    public async Task A_statement_of_which_one_field_differs_is_refused_and_the_field_is_named(string field) => await RefusedAsync(
        async bundle =>
        {
            var statement = bundle.Statement;
            var altered = field switch
            {
                "registry" => statement with { Registry = "elsewhere" },
                "publisher" => statement with { Publisher = "globex" },
                "extension" => statement with { Extension = "com.acme.other" },
                "version" => statement with { Version = "9.9.9" },
                "capabilities" => statement with { Capabilities = ["storage.kv"] },
                "files" => statement with { Files = [statement.Files[0]] },
                _ => statement with { Bundle = statement.Bundle with { SizeBytes = 1 } },
            };
            return await app.PublishAsync(bundle, TestBundle.Sign(app.Key, altered), app.Developer);
        },
        422,
        "signature_invalid",
        field);

    [Theory]
    [InlineData("name", "com.acme.other", "1.0.0", "acme")]
    [InlineData("version", null, "2.0.0", "acme")]
    [InlineData("publisher", null, "1.0.0", "globex")]
    public async Task A_manifest_of_something_else_is_refused_and_the_field_is_named(string field, string? name, string version, string publisher) =>
        await RefusedAsync(
            async bundle =>
            {
                var other = await TestBundle.PackAsync(name ?? bundle.Name, version, publisher);
                return await app.PublishAsync(other, other.Sign(app.Key), app.Developer, name: bundle.Name, version: bundle.Version);
            },
            422,
            "manifest_invalid",
            $"{field} differs");

    [Fact]
    public async Task All_faults_of_a_manifest_are_listed()
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        var manifest = TestBundle.Manifest(name, "1.0.0", "acme").Replace("wasm-component@2", "docker", StringComparison.Ordinal).Replace("/hello", "no slash", StringComparison.Ordinal);
        var bundle = await TestBundle.PackFilesAsync(name, "1.0.0", "acme", ("dist/main.wasm", TestBundle.EmptyComponent), ("manifest.json", Encoding.UTF8.GetBytes(manifest)));

        var answer = (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(422, "manifest_invalid");

        var errors = answer.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetString()!).ToList();
        Assert.Contains(errors, error => error.StartsWith("runtime", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.StartsWith("api.endpoints", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bundle_without_a_manifest_is_refused() => await RefusedAsync(
        async bundle =>
        {
            var bare = await TestBundle.PackFilesAsync(bundle.Name, bundle.Version, "acme", ("dist/main.wasm", TestBundle.EmptyComponent));
            return await app.PublishAsync(bare, bare.Sign(app.Key), app.Developer);
        },
        422,
        "bundle_invalid",
        "manifest.json");

    [Fact]
    public async Task A_bundle_without_its_component_is_refused() => await RefusedAsync(
        async bundle =>
        {
            var manifest = Encoding.UTF8.GetBytes(TestBundle.Manifest(bundle.Name, bundle.Version, "acme"));
            var bare = await TestBundle.PackFilesAsync(bundle.Name, bundle.Version, "acme", ("manifest.json", manifest));
            return await app.PublishAsync(bare, bare.Sign(app.Key), app.Developer);
        },
        422,
        "manifest_invalid");

    [Theory]
    [InlineData("wasi:sockets/tcp@0.2.12")]
    [InlineData("wasi:http/outgoing-handler@0.2.12")]
    [InlineData("wasi:cli/environment@0.3.0")]
    [InlineData("alga:extension/log@2.0.1")]
    [InlineData("acme:backdoor/open@1.0.0")]
    public async Task A_component_that_imports_what_no_extension_may_is_refused(string import) => await RefusedAsync(
        bundle => PublishComponentAsync(bundle, TestBundle.ComponentImporting("alga:extension/log@2.0.0", import)), 422, "bundle_invalid", import);

    [Fact]
    public async Task A_core_module_a_damaged_component_and_one_without_its_handler_are_refused()
    {
        byte[] preamble = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00];
        await RefusedAsync(bundle => PublishComponentAsync(bundle, [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]), 422, "bundle_invalid", "core module");
        await RefusedAsync(bundle => PublishComponentAsync(bundle, [.. preamble, 0x0a, 0x05, 0x01]), 422, "bundle_invalid", "damaged");
        await RefusedAsync(bundle => PublishComponentAsync(bundle, preamble), 422, "bundle_invalid", "http-handler");
    }

    [Theory]
    [InlineData("(field \"status\" u16)", "(field \"status\" u32)", "with other types")]
    [InlineData("(memory (export \"memory\") 1)", "(memory (export \"memory\") 2000)", "limits.memoryMb")]
    [InlineData("(; imports ;)", "(import \"alga:extension/secrets@2.0.0\" (instance))", "secrets.get")]
    public async Task A_component_that_does_not_fit_world_or_manifest_is_refused(string oldText, string newText, string because) => await RefusedAsync(
        bundle => PublishComponentAsync(bundle, TestBundle.ComponentWith(oldText, newText)), 422, "bundle_invalid", because);

    [Theory]
    [InlineData("\u007fELF", """, "precompiled": { "x86_64-unknown-linux-gnu": "precompiled/x86_64-unknown-linux-gnu/main.cwasm" }""", "")]
    [InlineData("\u007fELF", "", "is not named in the manifest")]
    [InlineData("MZ", """, "precompiled": { "x86_64-unknown-linux-gnu": "precompiled/x86_64-unknown-linux-gnu/main.cwasm" }""", "writes an ELF file")]
    [InlineData("", """, "precompiled": { "x86_64-unknown-linux-gnu": "precompiled/x86_64-unknown-linux-gnu/main.cwasm" }""", "writes an ELF file")]
    [InlineData("algacw\u0000\u0001", """, "precompiled": { "x86_64-unknown-linux-gnu": "precompiled/x86_64-unknown-linux-gnu/main.cwasm" }""", "made by a runner")]
    public async Task A_file_that_a_publisher_compiled_is_carried_or_refused_by_its_shape(string beginning, string extra, string because)
    {
        const string path = "precompiled/x86_64-unknown-linux-gnu/main.cwasm";
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);
        var bundle = await TestBundle.PackFilesAsync(
            name, "1.0.0", "acme", ("dist/main.wasm", TestBundle.EmptyComponent), ("manifest.json", Encoding.UTF8.GetBytes(TestBundle.Manifest(name, "1.0.0", "acme", extra))),
            (path, Encoding.UTF8.GetBytes(beginning + string.Concat(Enumerable.Range(0, beginning.Length * 10)))));
        var answer = await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer);
        if (because.Length == 0) answer.Is(201);
        else Assert.Contains(because, answer.Is(422, "bundle_invalid").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_that_imports_what_it_may_is_published()
    {
        var name = app.NewName();
        await app.RegisterAsync(name, app.Developer);

        (await PublishComponentAsync(
            await TestBundle.PackAsync(name, "1.0.0"), TestBundle.ComponentImporting("alga:extension/storage@2.0.0", "wasi:io/streams@0.2.12"))).Is(201);
    }

    [Theory]
    [InlineData("""{ "type": "object", "properties": { "a": { "$ref": "https://attacker.example/schema" } } }""")]
    [InlineData("""{ "type": "object", "allOf": [{ "$ref": "#" }] }""")]
    [InlineData("""{ "type": "object", "properties": { "a": { "type": "string", "pattern": "(" } } }""")]
    [InlineData("""{ "type": "object", "properties": { "a": { "type": "string", "pattern": "(.)\\1" } } }""")]
    [InlineData("""{ "type": "object", "patternProperties": { "^a": {} } }""")]
    public async Task A_config_schema_that_could_harm_the_registry_is_refused(string schema) => await RefusedAsync(
        async bundle =>
        {
            var other = await TestBundle.PackAsync(bundle.Name, bundle.Version, extra: $", \"config\": {schema}");
            return await app.PublishAsync(other, other.Sign(app.Key), app.Developer);
        },
        422,
        "manifest_invalid");

    [Fact]
    public async Task A_developer_of_another_publisher_cannot_publish_under_this_name() => await RefusedAsync(
        async bundle => await app.PublishAsync(bundle, bundle.Sign(app.Key), app.OtherDeveloper), 404, "not_found", "publishers");

    [Fact]
    public async Task A_tenants_admin_cannot_publish() => await RefusedAsync(
        async bundle => await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Admin), 403, "forbidden");

    [Fact]
    public async Task Nobody_in_particular_cannot_publish() => await RefusedAsync(
        async bundle => await app.PublishAsync(bundle, bundle.Sign(app.Key), null), 401, "unauthenticated");

    [Fact]
    public async Task A_name_that_was_not_registered_cannot_be_published()
    {
        var bundle = await TestBundle.PackAsync(app.NewName(), "1.0.0");

        (await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer)).Is(404, "not_found");
    }

    [Fact]
    public async Task An_envelope_is_taken_up_to_its_cap_and_refused_one_byte_above()
    {
        await RefusedAsync(async bundle => await app.PublishAsync(bundle, new byte[1024 * 1024], app.Developer), 422, "signature_invalid");
        await RefusedAsync(async bundle => await app.PublishAsync(bundle, new byte[(1024 * 1024) + 1], app.Developer), 413, "body_too_large", "envelope");
    }

    [Fact]
    public async Task A_bundle_is_taken_up_to_its_cap_and_refused_one_byte_above()
    {
        var cap = (int)BundleLimits.Default.MaxStoredBytes;
        await RefusedAsync(async bundle => await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer, new byte[cap]), 422, "bundle_invalid");
        await RefusedAsync(async bundle => await app.PublishAsync(bundle, bundle.Sign(app.Key), app.Developer, new byte[cap + 1]), 413, "body_too_large", "bundle");
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("multipart/form-data", "no boundary")]
    [InlineData("multipart/form-data; boundary=b", "")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nno headers end")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"envelope\"\r\n\r\n{}")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"envelope\"\r\n\r\n{}\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"bundle\"\r\n\r\n{}\r\n--b--\r\n")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"envelope\"\r\n\r\n\r\n--b--\r\n")]
    public async Task A_body_that_is_no_publish_request_is_refused(string mediaType, string body) => await RefusedAsync(
        async bundle =>
        {
            var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
            return await app.SendAsync(HttpMethod.Put, $"/api/registry/extensions/{bundle.Name}/versions/{bundle.Version}", app.Developer, content);
        },
        400,
        "invalid_request");

    [Fact]
    public async Task A_part_too_many_is_refused() => await RefusedAsync(
        async bundle => await app.SendAsync(
            HttpMethod.Put,
            $"/api/registry/extensions/{bundle.Name}/versions/{bundle.Version}",
            app.Developer,
            new MultipartFormDataContent
            {
                { new ByteArrayContent(bundle.Sign(app.Key)), "envelope" },
                { new ByteArrayContent(bundle.Bytes), "bundle" },
                { new StringContent(TestBundle.Manifest(bundle.Name, bundle.Version, "acme")), "manifest" },
            }),
        400,
        "invalid_request",
        "after bundle");

    private async Task<RegistryAnswer> PublishComponentAsync(TestBundle bundle, byte[] component)
    {
        var manifest = Encoding.UTF8.GetBytes(TestBundle.Manifest(bundle.Name, bundle.Version, "acme"));
        var other = await TestBundle.PackFilesAsync(bundle.Name, bundle.Version, "acme", ("dist/main.wasm", component), ("manifest.json", manifest));
        return await app.PublishAsync(other, other.Sign(app.Key), app.Developer);
    }

    /// <summary>Asserts that an attempt is refused, and that the version is not there afterwards.</summary>
    private async Task RefusedAsync(Func<TestBundle, Task<RegistryAnswer>> attempt, int status, string code, string detail = "")
    {
        var name = app.NewName();
        (await app.RegisterAsync(name, app.Developer)).Is(201);

        var answer = (await attempt(await TestBundle.PackAsync(name, "1.0.0"))).Is(status, code);

        Assert.Contains(detail, answer.Detail, StringComparison.Ordinal);
        Assert.NotNull(answer.RequestId);
        (await app.GetAsync($"/api/registry/extensions/{name}/versions/1.0.0", app.Developer)).Is(404, "not_found");
    }
}
