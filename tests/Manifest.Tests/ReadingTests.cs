using System.Text;
using Alga.Extensions.Contracts;
using CsCheck;

namespace Alga.Extensions.Manifest.Tests;

public sealed class ReadingTests
{
    private static readonly byte[] Full = Vectors.Read("valid/full");

    [Fact]
    public void A_full_manifest_is_read_into_its_model()
    {
        var manifest = ManifestReader.Read(Full).Manifest!;

        Assert.Equal("com.acme.reports", manifest.Name);
        Assert.Equal("acme", manifest.Publisher);
        Assert.Equal("2.1.0-beta.1+build.5", manifest.Version);
        Assert.Equal("Reports", manifest.DisplayName);
        Assert.Equal("Draws reports.", manifest.Description);
        Assert.Equal([Capability.StorageKv, Capability.HttpFetch, Capability.SecretsGet, Capability.MetricsEmit], manifest.Capabilities);
        Assert.Equal(["api.example.com", "*.example.org", "xn--bcher-kva.example"], manifest.Egress);
        Assert.Equal([new("API_KEY", "From your account page.", true, 90), new("other", "x", false, null)], manifest.Secrets);
        Assert.Equal("Hello", manifest.Config!.Value.GetProperty("properties").GetProperty("greeting").GetProperty("default").GetString());
        Assert.Equal(["default", "cache"], manifest.StorageNamespaces);
        Assert.Equal(["GET /", "GET /agreements/:id", "POST /agreements/:id", "GET /files/*rest", "DELETE /a.b/~c/_d-e"], manifest.Endpoints.Select(endpoint => $"{endpoint.Method} {endpoint.Path}"));
        Assert.Equal((1000, 0), (manifest.Endpoints[1].TimeoutMs, manifest.Endpoints[1].MaxBodyBytes));
        Assert.Equal(["tenant_admin"], manifest.Endpoints[1].Roles);
        Assert.Equal(["ticket.created", "INVOICE_PAID"], manifest.Events.Select(subscription => subscription.Topic));
        Assert.Equal("high", manifest.Events[0].Filter!.Value.GetProperty("priority").GetString());
        Assert.Equal("ui/index.html", manifest.Ui!.Entry);
        Assert.Equal(new UiHook("Reports", "icon.svg", "/settings?tab=1"), manifest.Ui.Hooks["appMenu"]);
        Assert.Equal("precompiled/x86_64-unknown-linux-gnu/main.cwasm", manifest.Precompiled["x86_64-unknown-linux-gnu"]);
        Assert.Equal("sbom.spdx.json", manifest.Sbom);
        Assert.Equal(new ManifestLimits(256, 30_000), manifest.Limits);
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{} {}", "not valid JSON")]
    [InlineData("{ // comment\n}", "not valid JSON")]
    [InlineData("""{ "name": "a", }""", "not valid JSON")]
    [InlineData("""{ "name": "a", "name": "b" }""", "twice")]
    [InlineData("""{ "name": "a", "n\u0061me": "b" }""", "twice")]
    [InlineData("""{ "config": { "a": 1, "a": 2 } }""", "twice")]
    [InlineData("""{ "name": "\ud800" }""", "surrogate")]
    [InlineData("""{ "\udc00": 1 }""", "surrogate")]
    [InlineData("\uFEFF{}", "byte order mark")]
    public void Loose_json_is_refused(string json, string because)
    {
        var fault = Assert.Single(ManifestReader.Read(Encoding.UTF8.GetBytes(json)).Faults);

        Assert.Equal("manifest.json", fault.Path);
        Assert.Contains(because, fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_refused()
    {
        var fault = Assert.Single(ManifestReader.Read("{ \"name\": \"\xFF\" }"u8[..11].ToArray().Append((byte)0xFF).ToArray()).Faults);

        Assert.Contains("UTF-8", fault.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var json = "{ \"config\": " + string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 41);

        Assert.Contains("nesting", Assert.Single(ManifestReader.Read(Encoding.UTF8.GetBytes(json)).Faults).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void The_size_is_capped(int beyond, bool accepted)
    {
        var padded = new byte[ManifestReader.MaxBytes + beyond];
        padded.AsSpan().Fill((byte)' ');
        Full.CopyTo(padded, 0);

        Assert.Equal(accepted, ManifestReader.Read(padded).IsValid);
    }

    [Fact]
    public void All_faults_make_one_refusal()
    {
        var refusal = ManifestReader.Read(Vectors.Read("invalid/several-faults-at-once")).ToRefusal();

        Assert.Equal(ErrorCode.ManifestInvalid, refusal.Code);
        Assert.Equal(7, refusal.Message.Split('\n').Length);
    }

    [Fact]
    public void A_mutated_manifest_is_refused_or_read_but_never_throws() =>
        Gen.Select(Gen.Int[0, Full.Length - 1], Gen.Byte, Gen.Int[0, 3]).Sample((at, value, cut) =>
        {
            byte[] mutated = [.. Full[..at], value, .. Full[Math.Min(Full.Length, at + cut)..]];
            var result = ManifestReader.Read(mutated);
            return result.IsValid ? result.Faults.Count == 0 : result.Faults.Count > 0;
        });

    [Theory]
    [InlineData("sbom.spdx.json", "sbom")]
    [InlineData("ui/index.html", "ui.entry")]
    [InlineData("dist/main.wasm", "entry")]
    [InlineData("precompiled/x86_64-unknown-linux-gnu/main.cwasm", "precompiled.x86_64-unknown-linux-gnu")]
    public void A_named_file_that_the_bundle_lacks_is_a_fault(string missing, string path)
    {
        var fault = Assert.Single(ManifestFiles.FindMissing(ManifestReader.Read(Full).Manifest!, name => name != missing));

        Assert.Equal(path, fault.Path);
        Assert.Contains(missing, fault.Problem, StringComparison.Ordinal);
    }
}
