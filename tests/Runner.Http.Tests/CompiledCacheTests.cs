using System.Security.Cryptography;
using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Runner.Guests;
using Microsoft.Extensions.Logging.Abstractions;

namespace Alga.Extensions.Runner.Http.Tests;

public sealed class CompiledCacheTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("compiled-").FullName;
    private readonly EngineSet engines = new(new EngineOptions { Slots = 1 }, TimeProvider.System);
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);
    private readonly byte[] wasm = Guest.Wasm("hello");
    private readonly byte[] digest;

    public CompiledCacheTests() => digest = SHA256.HashData(wasm);

    private GuestEngine Engine => engines.ForSize(0);

    public void Dispose()
    {
        engines.Dispose();
        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public void What_was_written_is_read_and_runs()
    {
        using var guest = Compile();
        var cache = Create();
        cache.Write(Engine, digest, key, guest.Serialize());
        Assert.True(Create().TryRead(Engine, digest, key, out var compiled));
        using var restored = Engine.Restore(compiled, wasm.Length);
        Assert.NotNull(restored);
    }

    [Fact]
    public void A_flipped_bit_anywhere_is_found_and_the_file_dropped()
    {
        var random = new Random(7);
        for (var i = 0; i < 50; i++)
        {
            var cache = Create();
            cache.Write(Engine, digest, key, RandomNumberGenerator.GetBytes(1_000));
            var file = Assert.Single(Files());
            var bytes = File.ReadAllBytes(file);
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(file, bytes);
            Assert.False(cache.TryRead(Engine, digest, key, out _));
            Assert.Empty(Files());
        }
    }

    [Fact]
    public void Another_key_component_or_engine_does_not_open_it()
    {
        var cache = Create();
        byte[] compiled = [1, 2, 3];
        cache.Write(Engine, digest, key, compiled);
        var file = Assert.Single(Files());
        var bytes = File.ReadAllBytes(file);
        var name = Path.GetFileName(file);
        var otherDigest = SHA256.HashData([1]);
        var script = engines.ForSize(long.MaxValue);

        File.WriteAllBytes(file.Replace(name[..64], Convert.ToHexStringLower(otherDigest), StringComparison.Ordinal), bytes);
        Assert.False(cache.TryRead(Engine, otherDigest, key, out _));
        File.WriteAllBytes(file.Replace(Engine.Fingerprint, script.Fingerprint, StringComparison.Ordinal), bytes);
        Assert.False(cache.TryRead(script, digest, key, out _));
        Assert.True(cache.TryRead(Engine, digest, key, out _));
        Assert.False(cache.TryRead(Engine, digest, RandomNumberGenerator.GetBytes(32), out _));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    public void A_file_that_was_cut_short_is_dropped(int length)
    {
        var cache = Create();
        cache.Write(Engine, digest, key, [1, 2, 3]);
        File.WriteAllBytes(Assert.Single(Files()), new byte[length]);
        Assert.False(cache.TryRead(Engine, digest, key, out _));
        Assert.Empty(Files());
    }

    [Fact]
    public void The_oldest_files_make_room()
    {
        var cache = Create(1_000);
        for (var i = 0; i < 5; i++)
        {
            cache.Write(Engine, SHA256.HashData([(byte)i]), key, new byte[300]);
            foreach (var file in Files()) File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddMinutes(-1));
        }

        Assert.Equal(3, Files().Length);
        Assert.True(cache.TryRead(Engine, SHA256.HashData([4]), key, out _));
        Assert.False(cache.TryRead(Engine, SHA256.HashData([0]), key, out _));
        cache.Write(Engine, digest, key, new byte[2_000]);
        Assert.Equal(3, Files().Length);
    }

    [Fact]
    public void Without_a_folder_or_with_one_that_cannot_be_made_nothing_is_kept_and_nothing_breaks()
    {
        var file = Path.Combine(root, "file");
        File.WriteAllText(file, "");
        foreach (var folder in new[] { null, Path.Combine(file, "below") })
        {
            var cache = new CompiledCache(folder, 1_000, NullLogger<CompiledCache>.Instance);
            cache.Write(Engine, digest, key, [1]);
            Assert.False(cache.TryRead(Engine, digest, key, out _));
        }
    }

    private GuestComponent Compile()
    {
        Assert.True(Engine.Compile(wasm).TryGet(out var guest, out var refusal), refusal?.Message);
        return guest;
    }

    private CompiledCache Create(long maxBytes = 10_000_000) => new(root, maxBytes, NullLogger<CompiledCache>.Instance);

    private string[] Files() => Directory.GetFiles(root, "*", SearchOption.AllDirectories);
}
