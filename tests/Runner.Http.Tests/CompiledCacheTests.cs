using System.Security.Cryptography;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alga.Extensions.Runner.Http.Tests;

public sealed class CompiledCacheTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("compiled-").FullName;
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void What_was_written_is_read()
    {
        Write(Create(), 1, [1, 2, 3]);
        Assert.True(Create().TryRead(Identity(1), key, out var code));
        Assert.Equal([1, 2, 3], code.Code.ToArray());
    }

    [Fact]
    public void A_flipped_bit_in_each_thousandth_byte_is_found_and_the_file_dropped()
    {
        var cache = Create();
        var bytes = RandomNumberGenerator.GetBytes(20_000);
        for (var at = 0; at < bytes.Length; at += 1_000)
        {
            Write(cache, 1, bytes);
            var file = Assert.Single(Files());
            var altered = File.ReadAllBytes(file);
            altered[at] ^= 0x10;
            File.WriteAllBytes(file, altered);
            Assert.False(cache.TryRead(Identity(1), key, out _));
            Assert.Empty(Files());
        }
    }

    [Fact]
    public void The_file_of_another_component_under_this_name_is_dropped()
    {
        var cache = Create();
        Write(cache, 1, [1, 2, 3]);
        var first = Assert.Single(Files());
        Write(cache, 2, [4, 5, 6]);
        var second = Assert.Single(Files(), file => file != first);
        File.Copy(second, first, overwrite: true);

        Assert.False(cache.TryRead(Identity(1), key, out _));
        Assert.True(cache.TryRead(Identity(2), key, out _));
        Assert.Equal(second, Assert.Single(Files()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(CompiledCode.HeaderBytes)]
    [InlineData(CompiledCode.HeaderBytes + 2)]
    public void A_file_that_was_cut_short_is_dropped(int length)
    {
        var cache = Create();
        Write(cache, 1, [1, 2, 3]);
        var file = Assert.Single(Files());
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..length]);
        Assert.False(cache.TryRead(Identity(1), key, out _));
        Assert.Empty(Files());
    }

    [Fact]
    public void A_file_larger_than_any_compiled_code_is_dropped_unread()
    {
        var cache = Create();
        Write(cache, 1, [1, 2, 3]);
        using (var file = File.OpenWrite(Assert.Single(Files()))) file.SetLength(300L * 1024 * 1024);
        Assert.False(cache.TryRead(Identity(1), key, out _));
        Assert.Empty(Files());
    }

    [Fact]
    public void The_least_recently_used_files_make_room()
    {
        var cache = Create(1_200);
        for (byte i = 0; i < 3; i++)
        {
            Write(cache, i, new byte[300]);
            Age();
        }

        Assert.True(cache.TryRead(Identity(0), key, out _));
        Age();
        Write(cache, 3, new byte[300]);
        Assert.Equal(3, Files().Length);
        Assert.True(cache.TryRead(Identity(0), key, out _));
        Assert.False(cache.TryRead(Identity(1), key, out _));
        Write(cache, 4, new byte[2_000]);
        Assert.Equal(3, Files().Length);
    }

    [Fact]
    public void What_was_made_for_others_and_is_long_unused_is_deleted_with_what_broken_writes_left()
    {
        var cache = Create();
        for (byte i = 0; i < 3; i++) Write(cache, i, [i]);
        var own = Files().ToHashSet();
        var recent = Foreign("b");
        File.SetLastWriteTimeUtc(recent, Last());
        foreach (var file in own.Append(Foreign("a")).Append(Path.Combine(root, "compiled", "leftover.tmp")))
        {
            if (!own.Contains(file)) File.WriteAllBytes(file, [1]);
            File.SetLastWriteTimeUtc(file, Last().AddSeconds(-1));
        }

        cache.Expire([Identity(0).Variant(key)], Last());

        Assert.Equal(own.Append(recent).Order(), Files().Order());
        Assert.True(cache.TryRead(Identity(1), key, out _));

        static DateTime Last() => new(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc);

        string Foreign(string digit)
        {
            var path = Path.Combine(root, "compiled", $"{string.Concat(Enumerable.Repeat(digit, 64))}-0123456789abcdef-x86_64-unknown-linux-gnu.cwasm");
            File.WriteAllBytes(path, [1]);
            return path;
        }
    }

    [Fact]
    public void Without_a_folder_or_with_one_that_cannot_be_made_nothing_is_kept_and_nothing_breaks()
    {
        var file = Path.Combine(root, "file");
        File.WriteAllText(file, "");
        foreach (var folder in new[] { null, Path.Combine(file, "below") })
        {
            var cache = new CompiledCache(folder, 1_000, NullLogger<CompiledCache>.Instance);
            Write(cache, 1, [1]);
            Assert.False(cache.TryRead(Identity(1), key, out _));
            cache.Expire([], DateTimeOffset.MaxValue);
        }
    }

    [Fact]
    public void In_a_folder_where_nothing_can_be_written_nothing_is_kept_and_nothing_breaks()
    {
        // It is there, and each write into it fails, also for root.
        Directory.CreateSymbolicLink(Path.Combine(root, "compiled"), "/proc/self");
        Write(Create(), 1, [1, 2, 3]);
        Assert.False(Create().TryRead(Identity(1), key, out _));
    }

    [Fact]
    public void A_link_to_something_without_end_is_dropped()
    {
        var cache = Create();
        Write(cache, 1, [1, 2, 3]);
        var file = Assert.Single(Files());
        File.Delete(file);
        File.CreateSymbolicLink(file, "/dev/zero");
        Assert.False(cache.TryRead(Identity(1), key, out _));
        Assert.Empty(Files());
    }

    private static CompiledIdentity Identity(byte number) => CompiledIdentity.Of(ContentHash.Of([number]), SHA256.HashData([number]), "engine");

    private CompiledCache Create(long maxBytes = 10_000_000) => new(root, maxBytes, NullLogger<CompiledCache>.Instance);

    private void Write(CompiledCache cache, byte number, byte[] code) =>
        cache.Write(Identity(number), key, CompiledCode.Seal(Identity(number), key, GuestClass.Compact, code));

    private void Age()
    {
        foreach (var file in Files()) File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddMinutes(-1));
    }

    private string[] Files() => Directory.GetFiles(root, "*", SearchOption.AllDirectories);
}
