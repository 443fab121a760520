using Alga.Extensions.Bundles;

namespace Alga.Extensions.LoadDriver.Measures;

/// <summary>Bundles that are like real ones: one large component that hardly compresses, and many text files that do.</summary>
internal static class SampleBundle
{
    /// <summary>A bundle of about as many stored bytes as asked for.</summary>
    public static async Task<byte[]> PackAsync(int storedBytes, int files)
    {
        var random = new Random(1);
        // 60 % is the component. In the rest each byte is one of 16, which packs to about a half.
        var text = storedBytes / 10 * 8 / (files - 1);
        List<BundleFile> all = [BundleFile.FromBytes("dist/main.wasm", Bytes(random, storedBytes / 10 * 6, 256))];
        for (var number = 1; number < files; number++) all.Add(BundleFile.FromBytes($"ui/assets/chunk-{number:d4}.js", Bytes(random, text, 16)));
        using var output = new MemoryStream();
        var written = await BundleWriter.WriteAsync(all, output, CancellationToken.None);
        return written.TryGet(out _, out var refusal) ? output.ToArray() : throw new InvalidOperationException(refusal.Message);
    }

    private static byte[] Bytes(Random random, int length, int symbols)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        for (var index = 0; symbols < 256 && index < length; index++) bytes[index] = (byte)('a' + (bytes[index] % symbols));
        return bytes;
    }
}
