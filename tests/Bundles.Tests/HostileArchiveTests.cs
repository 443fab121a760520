using System.Text;
using CsCheck;

namespace Alga.Extensions.Bundles.Tests;

/// <summary>Archives that other readers accept, or read differently, and this one refuses.</summary>
public sealed class HostileArchiveTests
{
    public static TheoryData<string, byte[], string> Attacks => new()
    {
        // Names (zip slip and its kin).
        { "a parent directory", new Archive().AddNamed("../evil").Close(), "start with a letter" },
        { "a parent directory inside", new Archive().AddNamed("a/../../evil").Close(), "'.' or '..'" },
        { "an absolute path", new Archive().AddNamed("/etc/passwd").Close(), "start with a letter" },
        { "a drive letter", new Archive().AddNamed("c:evil").Close(), "character other than" },
        { "a backslash", new Archive().AddNamed("a\\..\\evil").Close(), "character other than" },
        { "a dot segment", new Archive().AddNamed("a/./b").Close(), "'.' or '..'" },
        { "an empty segment", new Archive().AddNamed("a//b").Close(), "empty part" },
        { "a slash at the end", new Archive().AddNamed("a/").Close(), "empty part" },
        { "a dot at the end", new Archive().AddNamed("a/b.").Close(), "ends with a dot" },
        { "a hidden file at the root", new Archive().AddNamed(".npmrc").Close(), "start with a letter" },
        { "an option", new Archive().AddNamed("-rf").Close(), "start with a letter" },
        { "a Windows device", new Archive().AddNamed("ui/NUL.txt").Close(), "device on Windows" },
        { "a numbered Windows device", new Archive().AddNamed("com1").Close(), "device on Windows" },
        { "an alternate data stream", new Archive().AddNamed("a.txt:b").Close(), "character other than" },
        { "a space", new Archive().AddNamed("a b").Close(), "character other than" },
        { "a newline", new Archive().AddNamed("a\nb").Close(), "character other than" },
        { "a right-to-left mark", new Archive().AddNamed("a\u202Egpj.exe").Close(), "character other than" },
        { "a fullwidth dot", new Archive().AddNamed("a/\uFF0E\uFF0E/b").Close(), "character other than" },
        { "no name", new Archive().AddNamed("").Close(), "name is empty" },
        { "a name after the end of the name", new Archive().Add("a", change: header => header[50] = (byte)'x').Close(), "header's name" },
        { "a prefix that is not needed", new Archive().Add("b", change: header => header[345] = (byte)'a').Close(), "header's name" },
        { "a prefix after the end of the prefix", new Archive().Add("a", change: header => header[400] = (byte)'x').Close(), "header's name prefix" },

        // Kinds of entries.
        { "an old regular file", new Archive().Add("a", change: header => header[156] = 0).Close(), "type" },
        { "a hard link", new Archive().Add("a", change: Link('1')).Close(), "type" },
        { "a symbolic link", new Archive().Add("a", change: Link('2')).Close(), "type" },
        { "a character device", new Archive().Add("a", change: Type('3')).Close(), "type" },
        { "a block device", new Archive().Add("a", change: Type('4')).Close(), "type" },
        { "a directory", new Archive().Add("a", change: Type('5')).Close(), "type" },
        { "a pipe", new Archive().Add("a", change: Type('6')).Close(), "type" },
        { "a contiguous file", new Archive().Add("a", change: Type('7')).Close(), "type" },
        { "a PAX header", new Archive().Add("a", "19 path=../../evil\n", Type('x')).Add("b").Close(), "type" },
        { "a global PAX header", new Archive().Add("a", "19 path=../../evil\n", Type('g')).Add("b").Close(), "type" },
        { "a PAX size that differs from the header's", new Archive().Add("a", "12 size=512\n", Type('x')).Add("b").Close(), "type" },
        { "a GNU long name", new Archive().Add("a", "../../evil\0", Type('L')).Add("b").Close(), "type" },
        { "a GNU long link", new Archive().Add("a", "evil\0", Type('K')).Add("b").Close(), "type" },
        { "a GNU sparse file", new Archive().Add("a", change: Type('S')).Close(), "type" },
        { "a GNU volume header", new Archive().Add("a", change: Type('V')).Close(), "type" },
        { "a link name on a file", new Archive().Add("a", change: header => header[157] = (byte)'b').Close(), "link name" },

        // Fields.
        { "an executable", new Archive().Add("a", change: Text(100, "0000755\0")).Close(), "mode" },
        { "a set-user-id file", new Archive().Add("a", change: Text(100, "0004644\0")).Close(), "mode" },
        { "a mode padded with spaces", new Archive().Add("a", change: Text(100, "   644 \0")).Close(), "mode" },
        { "an owner id", new Archive().Add("a", change: Text(108, "0001750\0")).Close(), "owner id" },
        { "a group id", new Archive().Add("a", change: Text(116, "0001750\0")).Close(), "group id" },
        { "a time", new Archive().Add("a", change: Text(136, "14000000000\0")).Close(), "time" },
        { "an owner name", new Archive().Add("a", change: Text(265, "root")).Close(), "owner name" },
        { "a group name", new Archive().Add("a", change: Text(297, "root")).Close(), "group name" },
        { "a device number", new Archive().Add("a", change: Text(329, "0000001\0")).Close(), "device" },
        { "empty device numbers", new Archive().Add("a", change: header => header.AsSpan(329, 16).Clear()).Close(), "device" },
        { "a GNU magic", new Archive().Add("a", change: Text(257, "ustar  \0")).Close(), "magic" },
        { "no magic", new Archive().Add("a", change: header => header.AsSpan(257, 8).Clear()).Close(), "magic" },
        { "bytes in the header's padding", new Archive().Add("a", change: header => header[511] = 1).Close(), "padding" },
        { "a size in base 256", new Archive().Add("a", change: header => header[124] = 0x80).Close(), "eleven octal digits" },
        { "a negative size in base 256", new Archive().Add("a", change: header => header.AsSpan(124, 12).Fill(0xFF)).Close(), "eleven octal digits" },
        { "a size padded with spaces", new Archive().Add("a", change: Text(124, "          0\0")).Close(), "eleven octal digits" },
        { "a size that ends with a space", new Archive().Add("a", change: Text(124, "00000000000 ")).Close(), "size" },
        { "a size beyond the cap", new Archive().Add("a", change: Text(124, "77777777777\0")).Close(), "more than the 52428800 allowed" },
        { "a checksum of signed bytes or none", Uncheck("        "), "checksum" },
        { "a checksum in another form", Uncheck("  7777\0 "), "checksum" },

        // Order and uniqueness.
        { "a file twice", new Archive().Add("a", "1").Add("a", "2").Close(), "twice" },
        { "files that differ in case", new Archive().Add("A", "1").Add("a", "2").Close(), "upper and lower case" },
        { "directories that differ in case", new Archive().Add("UI/a").Add("ui/b").Close(), "upper and lower case" },
        { "a file and a directory of one name", new Archive().Add("a").Add("a/b").Close(), "cannot also be a directory" },
        { "a directory and a file of one name but for case", new Archive().Add("A/b").Add("a").Close(), "cannot also be a file" },
        { "unsorted files", new Archive().Add("b").Add("a").Close(), "sorted" },
        { "files sorted by culture", new Archive().Add("a").Add("B").Close(), "sorted" },

        // The end.
        { "no end", new Archive().Add("a").Close(zeroBlocks: 0), "two zero blocks" },
        { "one zero block", new Archive().Add("a").Close(zeroBlocks: 1), "two zero blocks" },
        { "three zero blocks", new Archive().Add("a").Close(zeroBlocks: 3), "goes on after its two zero blocks" },
        { "padding to a whole record", new Archive().Add("a").Close(zeroBlocks: 19), "goes on after its two zero blocks" },
        { "an archive after the end", new Archive().Add("a").AddBytes(new byte[1024]).Add("b").Close(), "goes on after its two zero blocks" },
        { "an entry after one zero block", new Archive().Add("a").AddBytes(new byte[512]).Add("b").Close(), "goes on after one zero block" },
        { "half a block at the end", new Archive().Add("a").AddBytes(new byte[1024 + 100]).Close(zeroBlocks: 0), "goes on after its two zero blocks" },
        { "a file that ends early", new Archive().Add("a", change: Text(124, "00000010000\0")).Close(), "without its two zero blocks" },
        { "nothing at all", Archive.Compress([]), "without its two zero blocks" },
        { "padding that is not zero", DirtyPadding(), "padding after the file" },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task An_archive_outside_the_profile_is_refused(string attack, byte[] bundle, string because)
    {
        Assert.NotEmpty(attack);
        var message = await Bundle.RefusedAsync(bundle);

        Assert.Contains(because, message, StringComparison.Ordinal);
        Assert.DoesNotContain(message, char.IsControl);
    }

    [Fact]
    public async Task The_archives_above_are_refused_for_their_one_fault()
    {
        // Without a fault, what the tests above are made with is a canonical archive.
        var contents = await Bundle.AcceptedAsync(new Archive().Add("a", "1").Add("a.b").Add("b/c", "text").Close());

        Assert.Equal(["a", "a.b", "b/c"], contents.Index.Files.Select(file => file.Path));
    }

    [Fact]
    public async Task The_longest_names_are_accepted_and_longer_ones_refused()
    {
        var longest = $"{new string('a', 77)}/{new string('b', 76)}/{new string('c', 100)}";
        Assert.Equal(255, longest.Length);

        await Bundle.AcceptedAsync(await Bundle.PackAsync(Bundle.Text(longest, "1")));
        Assert.Contains("longer than 255", BundlePath.FindFault(longest + "d"), StringComparison.Ordinal);
        Assert.Contains("does not fit", BundlePath.FindFault(new string('a', 101)), StringComparison.Ordinal);
        Assert.Contains("does not fit", BundlePath.FindFault($"{new string('a', 156)}/b"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a b")]
    [InlineData("con")]
    public async Task The_writer_refuses_a_name_that_the_reader_would_refuse(string path) =>
        Assert.Contains(path, Bundle.Refused(await BundleWriter.WriteAsync([Bundle.Text(path, "")], new MemoryStream(), CancellationToken.None)), StringComparison.Ordinal);

    [Fact]
    public async Task The_writer_refuses_names_that_clash_and_files_that_change()
    {
        Assert.Contains("twice", await WriteAsync(Bundle.Text("a", ""), Bundle.Text("A", "")), StringComparison.Ordinal);
        Assert.Contains("changed while", await WriteAsync(new BundleFile("a", 5, () => new MemoryStream(4))), StringComparison.Ordinal);
        Assert.Contains("changed while", await WriteAsync(new BundleFile("a", 5, () => new MemoryStream(new byte[6]))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mutated_bundle_is_refused_or_the_same()
    {
        var bundle = await Bundle.PackAsync(Bundle.Sample);
        await Gen.Select(Gen.Int[0, bundle.Length - 1], Gen.Byte, Gen.Int[0, 3]).SampleAsync(
            async (at, value, cut) => await AssertRefusedOrSameAsync(bundle, [.. bundle[..at], value, .. bundle[Math.Min(bundle.Length, at + cut)..]]),
            iter: 1_000);
    }

    [Fact]
    public async Task A_mutated_archive_is_refused_or_has_the_same_headers()
    {
        var archive = new List<byte>();
        var bundle = await Bundle.PackAsync(Bundle.Sample);
        using (var decompressor = new ZstdSharp.Decompressor()) archive.AddRange(decompressor.Unwrap(bundle));
        var original = await Bundle.AcceptedAsync(bundle);

        await Gen.Select(Gen.Int[0, archive.Count - 1], Gen.Byte).SampleAsync(
            async (at, value) =>
            {
                byte[] mutated = [.. archive];
                mutated[at] = value;
                if (!(await Bundle.ReadAsync(Archive.Compress(mutated))).TryGet(out var contents, out _)) return;

                // Only content may differ: names and sizes are under the header's checksum.
                Assert.Equal(original.Index.Files.Select(file => (file.Path, file.SizeBytes)), contents.Index.Files.Select(file => (file.Path, file.SizeBytes)));
            },
            iter: 1_000);
    }

    [Fact]
    public Task Any_bytes_are_refused_without_an_exception() =>
        Gen.Byte.Array[0, 200].SampleAsync(async bytes => Assert.False((await Bundle.ReadAsync(bytes)).TryGet(out _, out _)));

    [Fact]
    public Task Any_archive_is_refused_without_an_exception() =>
        Gen.Byte.Array[0, 2_000].SampleAsync(async bytes => Assert.False((await Bundle.ReadAsync(Archive.Compress([.. bytes, 1]))).TryGet(out _, out _)));

    private static async Task AssertRefusedOrSameAsync(byte[] original, byte[] mutated)
    {
        if (!(await Bundle.ReadAsync(mutated)).TryGet(out var contents, out _)) return;
        Assert.Equal((await Bundle.AcceptedAsync(original)).Index.Files, contents.Index.Files);
    }

    private static async Task<string> WriteAsync(params BundleFile[] files) =>
        Bundle.Refused(await BundleWriter.WriteAsync(files, new MemoryStream(), CancellationToken.None));

    private static Action<byte[]> Type(char type) => header => header[156] = (byte)type;

    private static Action<byte[]> Link(char type) => header =>
    {
        header[156] = (byte)type;
        "../../etc/passwd"u8.CopyTo(header.AsSpan(157));
    };

    private static Action<byte[]> Text(int offset, string text) => header => Encoding.ASCII.GetBytes(text, header.AsSpan(offset));

    private static byte[] Uncheck(string checksum)
    {
        var header = new byte[Archive.BlockSize];
        Tar.TarHeader.Encode("a", 0, header);
        Text(148, checksum)(header);
        return new Archive().AddBytes(header).Close();
    }

    private static byte[] DirtyPadding()
    {
        var header = new byte[Archive.BlockSize];
        Tar.TarHeader.Encode("a", 1, header);
        var content = new byte[Archive.BlockSize];
        content[511] = 1;
        return new Archive().AddBytes(header).AddBytes(content).Close();
    }
}
