using System.Formats.Tar;
using System.Security.Cryptography;
using Xunit.Abstractions;
using ZstdSharp;

namespace Alga.Extensions.Bundles.Tests.Differential;

/// <summary>What the writer makes is, to every other reader, the same list of files with the same content.</summary>
public sealed class OtherReadersTests(ITestOutputHelper output)
{
    private static readonly string LongName = $"{new string('a', 77)}/{new string('b', 76)}/{new string('c', 100)}";

    private static readonly IReadOnlyList<BundleFile> Files =
    [
        .. Bundle.Sample,
        Bundle.Text("empty", ""),
        Bundle.Text("block", new string('x', 512)),
        Bundle.Text("block-and-one", new string('x', 513)),
        Bundle.Text(LongName, "long"),
        Bundle.Text($"{new string('d', 99)}/{new string('e', 99)}", "cut once"),
    ];

    [Fact]
    public async Task System_formats_tar_reads_the_same()
    {
        using var archive = new TarReader(new MemoryStream(await ArchiveAsync()));
        var seen = new List<string>();
        while (await archive.GetNextEntryAsync() is { } entry)
        {
            Assert.Equal(TarEntryType.RegularFile, entry.EntryType);
            Assert.Equal(TarEntryFormat.Ustar, entry.Format);
            Assert.Equal((0, 0, DateTimeOffset.UnixEpoch), (entry.Uid, entry.Gid, entry.ModificationTime));
            var content = new MemoryStream();
            if (entry.DataStream is not null) await entry.DataStream.CopyToAsync(content);
            seen.Add(Line(entry.Name, content.ToArray()));
        }

        Assert.Equal(await ExpectedAsync(), seen);
    }

    [Fact]
    public async Task Gnu_tar_lists_the_same()
    {
        var listed = await RunAsync("tar", ["--list", "--verbose", "--numeric-owner", "--utc", "--quoting-style=literal", "--file=-"]);

        var expected = (await ContentsAsync()).Index.Files;
        Assert.Equal(expected.Count, listed.Length);
        Assert.All(expected.Zip(listed), pair =>
        {
            Assert.StartsWith("-rw-r--r-- 0/0 ", pair.Second, StringComparison.Ordinal);
            Assert.EndsWith($" {pair.First.SizeBytes} 1970-01-01 00:00 {pair.First.Path}", pair.Second, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Python_reads_the_same()
    {
        if (!OtherReaders.HasPython)
        {
            output.WriteLine("python3 is not installed, so its reader is left out.");
            return;
        }

        const string Script = """
            import hashlib, sys, tarfile
            with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as archive:
                for entry in archive:
                    assert entry.isreg() and entry.mode == 0o644 and entry.mtime == 0 and entry.uid == 0 and entry.gid == 0
                    print(entry.name, hashlib.sha256(archive.extractfile(entry).read()).hexdigest())
            """;

        Assert.Equal(await ExpectedAsync(), await RunAsync("python3", ["-c", Script]));
    }

    private static async Task<IReadOnlyList<string>> ExpectedAsync() => [.. (await ContentsAsync()).Index.Files.Select(file => $"{file.Path} {file.Sha256}")];

    private static async Task<BundleContents> ContentsAsync() => await Bundle.AcceptedAsync(await Bundle.PackAsync(Files));

    private static async Task<byte[]> ArchiveAsync()
    {
        using var decompressor = new Decompressor();
        return decompressor.Unwrap(await Bundle.PackAsync(Files)).ToArray();
    }

    private static string Line(string path, byte[] content) => $"{path} {Convert.ToHexStringLower(SHA256.HashData(content))}";

    /// <summary>Runs a program with the archive as its input and gives the lines of its output.</summary>
    private static async Task<string[]> RunAsync(string program, IReadOnlyList<string> arguments)
    {
        var (exitCode, lines) = await OtherReaders.RunAsync(program, arguments, await ArchiveAsync());

        Assert.Equal(0, exitCode);
        return lines;
    }
}
