using System.Text;
using Alga.Extensions.Bundles;
using Alga.Extensions.Signing;
using Wasmtime;

namespace Alga.Extensions.Registry.Tests.Fixtures;

/// <summary>Packs and signs small bundles.</summary>
internal sealed record TestBundle(byte[] Bytes, BundleContents Contents, string Name, string Version, string Publisher)
{
    /// <summary>A component that imports what its types need and exports both handlers.</summary>
    public static readonly byte[] EmptyComponent = ComponentImporting();

    private static readonly string[] Capabilities = ["storage.kv", "http.fetch"];

    /// <summary>The same with more imports, of interfaces without functions.</summary>
    public static byte[] ComponentImporting(params string[] names) =>
        ComponentWith("(; imports ;)", string.Concat(names.Select(name => $"""(import "{name}" (instance)) """)));

    /// <summary>The same after a change of its text.</summary>
    public static byte[] ComponentWith(string oldText, string newText)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "components", "handlers.wat"));
        Assert.Contains(oldText, text, StringComparison.Ordinal);
        return Module.ConvertText(text.Replace(oldText, newText, StringComparison.Ordinal));
    }

    public static string Manifest(string name, string version, string publisher, string extra = "") =>
        $$"""
        {
          "manifestVersion": 2, "name": "{{name}}", "publisher": "{{publisher}}", "version": "{{version}}",
          "displayName": "Test", "description": "For tests.", "runtime": "wasm-component@2", "entry": "dist/main.wasm",
          "capabilities": ["storage.kv", "http.fetch"], "storage": { "namespaces": ["default"] }, "egress": ["api.example.com"],
          "api": { "endpoints": [{ "method": "GET", "path": "/hello" }] }{{extra}}
        }
        """;

    public static Task<TestBundle> PackAsync(string name, string version, string publisher = "acme", string extra = "") =>
        PackFilesAsync(name, version, publisher, ("CHANGELOG.md", "# Changes"u8.ToArray()), ("README.md", "# Test"u8.ToArray()), ("dist/main.wasm", EmptyComponent), ("manifest.json", Encoding.UTF8.GetBytes(Manifest(name, version, publisher, extra))));

    public static async Task<TestBundle> PackFilesAsync(string name, string version, string publisher, params (string Path, byte[] Content)[] files)
    {
        using var output = new MemoryStream();
        var written = await BundleWriter.WriteAsync([.. files.Select(file => BundleFile.FromBytes(file.Path, file.Content))], output, CancellationToken.None);
        Assert.True(written.TryGet(out var contents, out var refusal), refusal?.Message);
        return new TestBundle(output.ToArray(), contents, name, version, publisher);
    }

    /// <summary>How a publish of it is named by its steps.</summary>
    public string Target => $"{Name}@{Version}";

    /// <summary>The statement that its publisher signs.</summary>
    public BundleStatement Statement => BundleStatement.Of(
        BundleStatement.DefaultRegistry, Publisher, Name, Version, Contents.Hash, Contents.SizeBytes,
        [.. Contents.Index.Files.Select(file => new SignedFile(file.Path, file.Sha256))], Capabilities);

    public byte[] Sign(SigningKey key) => Sign(key, Statement);

    public static byte[] Sign(SigningKey key, BundleStatement statement)
    {
        Assert.True(EnvelopeSigner.Sign(statement, key).TryGet(out var envelope, out var refusal), refusal?.Message);
        return envelope;
    }
}
