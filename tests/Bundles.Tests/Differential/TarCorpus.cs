using System.Globalization;
using System.Text;

namespace Alga.Extensions.Bundles.Tests.Differential;

/// <summary>
/// The cases of other readers' test corpora, restated: each is the trick alone, on an archive that is canonical otherwise, so that it
/// is refused for the trick and for nothing else. Names before the colon: <c>go</c> is <c>archive/tar/testdata</c> of Go, <c>dotnet</c> the
/// assets of System.Formats.Tar's tests, <c>tokio</c> the tests around CVE-2025-62518 of tokio-tar and its forks.
/// </summary>
internal static class TarCorpus
{
    private const string Nested = "0123456789abcdef";

    public static IReadOnlyDictionary<string, byte[]> All { get; } = new Dictionary<string, byte[]>
    {
        ["go: gnu"] = new Archive().Add("small.txt", "Kilts", Magic("ustar  \0")).Add("small2.txt", "Google.com\n", Magic("ustar  \0")).ToTar(),
        ["go: gnu-incremental"] = new Archive().Add("test2", "Yfoo\0Nsparse\0\0", Type('D')).Add("test2/foo").ToTar(),
        ["go: gnu-long-nul"] = new Archive().Add("long-link", "0123456789\0fedcba\0", Type('L')).Add("name").ToTar(),
        ["go: gnu-multi-hdrs"] = new Archive().Add("long-link", "GNU1/GNU1/long-path-name\0", Type('L')).Add("long-link", "GNU2/GNU2/long-path-name\0", Type('L'))
            .Add("long-link", "GNU3/GNU3/long-linkpath-name\0", Type('K')).Add("foo", change: Type('2')).ToTar(),
        ["go: gnu-nil-sparse-data"] = new Archive().Add("sparse.db", new string('x', 1000), Type('S')).ToTar(),
        ["go: gnu-nil-sparse-hole"] = new Archive().Add("sparse.db", "", header => { header[156] = (byte)'S'; Text(483, "00000001750\0")(header); }).ToTar(),
        ["go: gnu-not-utf8"] = new Archive().Add("hi", "", header => { header[2] = 0x80; header[3] = 0x81; Magic("ustar  \0")(header); }).ToTar(),
        ["go: gnu-utf8"] = new Archive().AddNamed("\u263a\u263b\u2639").ToTar(),
        ["go: gnu-sparse-big"] = new Archive().Add("sparse", "", header => { header[156] = (byte)'S'; header[124] = 0x80; header[135] = 1; }).ToTar(),
        ["go: hardlink"] = new Archive().Add("file.txt", "Slartibartfast").Add("hard.txt", "", Linked('1', "file.txt")).ToTar(),
        ["go: hdr-only hard link with a size"] = new Archive().Add("hardlink", "", header => { Linked('1', "regular")(header); Text(124, "00000000020\0")(header); }).Add("regular").ToTar(),
        ["go: hdr-only directory with a size"] = new Archive().Add("dir", "", header => { header[156] = (byte)'5'; Text(124, "00000000020\0")(header); }).Add("regular").ToTar(),
        ["go: hdr-only pipe"] = new Archive().Add("fifo", "", Type('6')).Add("regular").ToTar(),
        ["go: invalid-go17"] = new Archive().Add("foo", "", Text(345, new string('0', 154) + "/")).ToTar(),
        ["go: issue10968"] = new Archive().Add("a", "", header => { header[124] = (byte)'-'; header[157] = 0xFF; header[345] = (byte)'x'; }).ToTar(),
        ["go: issue11169"] = new Archive().Add("pax", "25 size=000000000000000000000000000000000000000000\n", Type('x')).Add("a").ToTar(),
        ["go: issue12435"] = new Archive().Add("a", "", header => { header[156] = (byte)'S'; header[482] = 1; header[504] = 1; }).ToTar(),
        ["go: neg-size"] = new Archive().Add("a", "", Text(124, "-0000000001\0")).ToTar(),
        ["go: nil-uid"] = new Archive().Add("P1050238.JPG.log", "", header => header.AsSpan(108, 16).Clear()).ToTar(),
        ["go: pax"] = Pax("path=a/123456789101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960616263646566676869707172737475767778798081828384858687888990919293949596979899100"),
        ["go: pax-bad-hdr-file"] = new Archive().Add("pax", "11 path=a/b\nx 12 size=1\n", Type('x')).Add("a").ToTar(),
        ["go: pax-bad-mtime-file"] = Pax("mtime=1.2.3"),
        ["go: pax-global-records"] = new Archive().Add("global", Record("path=global1") + Record("mtime=1500000000.0"), Type('g')).Add("file1").Add("file2").ToTar(),
        ["go: pax-multi-hdrs"] = new Archive().Add("pax1", Record("path=foo"), Type('x')).Add("pax2", Record("path=bar"), Type('x')).Add("z").ToTar(),
        ["go: pax-nil-sparse-data"] = Pax("GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.name=sparse.db", "GNU.sparse.realsize=1000"),
        ["go: pax-nil-sparse-hole"] = Pax("GNU.sparse.map=", "GNU.sparse.numblocks=0", "GNU.sparse.size=1000"),
        ["go: pax-nul-path"] = Pax("path=foo\0bar"),
        ["go: pax-nul-xattrs"] = Pax("SCHILY.xattr.null\0key=fizzbuzz"),
        ["go: pax-path-hdr"] = Pax("path="),
        ["go: pax-pos-size-file"] = Pax("size=+999"),
        ["go: pax-records"] = Pax("comment=\n", "comment2=5"),
        ["go: pax-sparse-big"] = Pax("GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.realsize=200000000000"),
        ["go: sparse-formats"] = Pax("GNU.sparse.size=200", "GNU.sparse.numblocks=2", "GNU.sparse.offset=0", "GNU.sparse.numbytes=1", "GNU.sparse.offset=100", "GNU.sparse.numbytes=1"),
        ["go: star"] = new Archive().Add("small.txt", "Kilts", header => Text(508, "tar\0")(header)).ToTar(),
        ["go: trailing-slash"] = Pax("path=" + string.Concat(Enumerable.Repeat("123456789/", 30))),
        ["go: ustar-file-devs"] = new Archive().Add("file", "", header => { Text(329, "0000001\0")(header); Text(337, "0000001\0")(header); }).ToTar(),
        ["go: ustar-file-reg"] = new Archive().Add("foo", "", header => { Text(136, "12345670123\0")(header); Text(265, "longusername")(header); }).ToTar(),
        ["go: v7"] = new Archive().Add("small.txt", "Kilts", header => header.AsSpan(257).Clear()).ToTar(),
        ["go: writer-big"] = new Archive().Add("16gig.txt", "", header => { header[124] = 0x80; header[131] = 4; }).ToTar(),
        ["go: xattrs"] = Pax("SCHILY.xattr.user.key=value", "SCHILY.xattr.security.selinux=unconfined_u\0"),
        ["go: file-and-dir"] = new Archive().Add("dir", "", Type('5')).Add("small.txt", "Kilts").ToTar(),

        ["dotnet: a checksum with leading spaces"] = Rechecked(sum => $"{Octal(sum, 6).TrimStart('0').PadLeft(6)}\0 "),
        ["dotnet: a checksum that ends with two spaces"] = Rechecked(sum => $"{Octal(sum, 6)}  "),
        ["dotnet: a checksum of signed bytes"] = Rechecked(sum => $"{Octal(sum - 1, 6)}\0 "),
        ["dotnet: a long path in a global header"] = new Archive().Add("global", Record("path=" + new string('a', 300)), Type('g')).Add("a").ToTar(),
        ["dotnet: a symbolic link that leaves the folder"] = new Archive().Add("link", "", Linked('2', "../../etc")).Add("link/passwd", "root").ToTar(),
        ["dotnet: a link to a link"] = new Archive().Add("a", "", Linked('1', "b")).Add("b", "", Linked('1', "a")).ToTar(),
        ["dotnet: node-tar's old magic"] = new Archive().Add("a", "", Magic("ustar\0\0\0")).ToTar(),
        ["dotnet: a contiguous file"] = new Archive().Add("a", "1", Type('7')).ToTar(),
        ["dotnet: a multi-volume part"] = new Archive().Add("a", "1", Type('M')).ToTar(),
        ["dotnet: a renamed file"] = new Archive().Add("a", "Rename b to c\n", Type('N')).ToTar(),
        ["dotnet: a tape volume"] = new Archive().Add("a", "", Type('V')).Add("b").ToTar(),
        ["dotnet: a truncated last file"] = new Archive().Add("a", "", Text(124, "00000001000\0")).ToTar(zeroBlocks: 0),
        ["dotnet: bytes after the end"] = new Archive().Add("a").AddBytes(new byte[1024]).AddBytes([.. Enumerable.Repeat((byte)1, 512)]).ToTar(),
        ["dotnet: no entry at all and one zero block"] = new Archive().ToTar(zeroBlocks: 1),

        ["tokio: a PAX size over a header that says none"] = Smuggled(headerSize: 0, paxSize: 2048),
        ["tokio: a PAX size below the header's"] = Smuggled(headerSize: 2048, paxSize: 0),
        ["tokio: a PAX size of a block less"] = Smuggled(headerSize: 2048, paxSize: 1536),
        ["tokio: a GNU long name before a PAX size"] = new Archive().Add("long", "visible\0", Type('L')).AddBytes(Smuggled(headerSize: 0, paxSize: 2048)).ToTar(zeroBlocks: 0),
        ["tokio: two sizes in one PAX header"] = new Archive().Add("pax", Record("size=0") + Record("size=2048"), Type('x')).Add("a", Nested).ToTar(),
        ["tokio: a global PAX size"] = new Archive().Add("global", Record("size=2048"), Type('g')).Add("a", Nested).Add("b").ToTar(),
        ["tokio: an archive within a file"] = new Archive().Add("inner.tar", "", Text(124, "00000004000\0")).AddBytes(new Archive().Add("hidden", "evil").ToTar(zeroBlocks: 0)).ToTar(zeroBlocks: 1),
    };

    private static byte[] Pax(params string[] records) => new Archive().Add("PaxHeaders.0", string.Concat(records.Select(Record)), Type('x')).Add("a", "1").ToTar();

    /// <summary>A file whose two sizes differ: who believes the header reads what is in the file as entries of their own.</summary>
    private static byte[] Smuggled(int headerSize, int paxSize)
    {
        var hidden = new Archive().Add("hidden", "evil").Add("hidden2", "evil").ToTar(zeroBlocks: 0);
        return new Archive()
            .Add("PaxHeaders.0", Record(string.Create(CultureInfo.InvariantCulture, $"size={paxSize}")), Type('x'))
            .Add("carrier", "", Text(124, Octal(headerSize, 11) + "\0"))
            .AddBytes(hidden)
            .Add("last", "1")
            .ToTar();
    }

    private static byte[] Rechecked(Func<int, string> write)
    {
        var header = new byte[Archive.BlockSize];
        Tar.TarHeader.Encode("a", 0, header);
        "        "u8.CopyTo(header.AsSpan(148));
        Text(148, write(header.Sum(value => value)))(header);
        return new Archive().AddBytes(header).ToTar();
    }

    /// <summary>A PAX record: its own length, a space, key and value, a newline.</summary>
    private static string Record(string pair)
    {
        var length = Encoding.UTF8.GetByteCount(pair) + 3;
        while (length != Encoding.UTF8.GetByteCount(pair) + 2 + Digits(length)) length++;
        return string.Create(CultureInfo.InvariantCulture, $"{length} {pair}\n");
    }

    private static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;

    private static string Octal(int number, int digits) => Convert.ToString(number, 8).PadLeft(digits, '0');

    private static Action<byte[]> Type(char type) => header => header[156] = (byte)type;

    private static Action<byte[]> Magic(string magic) => Text(257, magic);

    private static Action<byte[]> Linked(char type, string target) => header =>
    {
        header[156] = (byte)type;
        Text(157, target)(header);
    };

    private static Action<byte[]> Text(int offset, string text) => header => Encoding.Latin1.GetBytes(text, header.AsSpan(offset));
}
