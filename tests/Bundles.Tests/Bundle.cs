using System.Text;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles.Tests;

/// <summary>Shorthand for the tests of this project.</summary>
internal static class Bundle
{
    /// <summary>A small bundle of the usual files.</summary>
    public static IReadOnlyList<BundleFile> Sample { get; } =
    [
        Text("manifest.json", """{ "manifestVersion": 2 }"""),
        BundleFile.FromBytes("dist/main.wasm", [0, 0x61, 0x73, 0x6d, 0x0d, 0, 1, 0]),
        Text("ui/index.html", "<!doctype html>"),
        Text("ui/assets/index-Bk3.js", "export {};"),
        Text("README.md", "# Sample"),
    ];

    public static BundleFile Text(string path, string content) => BundleFile.FromBytes(path, Encoding.UTF8.GetBytes(content));

    public static async Task<byte[]> PackAsync(params IReadOnlyList<BundleFile> files)
    {
        var output = new MemoryStream();
        Assert.True((await BundleWriter.WriteAsync(files, output, CancellationToken.None)).TryGet(out _, out var refusal), refusal?.Message);
        return output.ToArray();
    }

    public static Task<Outcome<BundleContents>> ReadAsync(byte[] bundle) =>
        BundleReader.ReadAsync(new MemoryStream(bundle), DiscardSink.Instance, CancellationToken.None);

    public static async Task<BundleContents> AcceptedAsync(byte[] bundle)
    {
        Assert.True((await ReadAsync(bundle)).TryGet(out var contents, out var refusal), refusal?.Message);
        return contents;
    }

    /// <summary>Asserts that a bundle is refused and gives the message.</summary>
    public static async Task<string> RefusedAsync(byte[] bundle) => Refused(await ReadAsync(bundle));

    public static string Refused<T>(Outcome<T> outcome)
    {
        Assert.False(outcome.TryGet(out _, out var refusal));
        Assert.Equal(ErrorCode.BundleInvalid, refusal!.Code);
        return refusal.Message;
    }
}
