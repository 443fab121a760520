using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Guests;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>Compiled code in the bundle store: made once, found by all runners, of no harm when it is damaged.</summary>
public sealed class PrecompiledTests(RunnerFixture runner) : IClassFixture<RunnerFixture>
{
    private readonly string version = runner.NextVersion();

    [Fact]
    public async Task What_is_published_is_compiled_before_anybody_installs_it()
    {
        var hash = await PublishAsync();
        await CompileAsync(hash);
        Assert.Equal(200, await RunAsync(hash));
    }

    [Fact]
    public async Task What_was_published_while_no_runner_listened_is_compiled_at_the_next_start()
    {
        var hash = await PublishAsync();
        await runner.ExecuteAsOwnerAsync($"insert into extension_bundle (content_hash, size_bytes, created_at) values ('{hash}', 1, now())");
        await using var other = await runner.StartAsync();
        await WaitForCompiledAsync(hash);
    }

    [Fact]
    public async Task All_runners_hear_of_a_version_and_one_compiles_it()
    {
        var hash = await PublishAsync();
        await using var other = await runner.StartAsync(options => options with { CacheRoot = null });
        using var client = await RunnerFixture.ReadyAsync(other);
        using (await client.GetAsync(new Uri("/warmup", UriKind.Relative)))
        {
            await CompileAsync(hash);
        }

        Assert.Single(runner.Store.Writes, name => IsCompiled(name, hash));
    }

    [Fact]
    public async Task Another_runner_takes_the_compiled_code_from_the_store()
    {
        var hash = await PublishAsync();
        var blob = await CompileAsync(hash);
        var (before, reads) = (runner.Store[blob], runner.Store.Reads[blob]);

        // It has no compiler that could help it out.
        await using var other = await runner.StartAsync(WithoutCacheOrCompiler);
        using var client = await RunnerFixture.ReadyAsync(other);
        Assert.Equal(200, await RunAsync(hash, client));
        Assert.Equal(reads + 1, runner.Store.Reads[blob]);
        Assert.Same(before, runner.Store[blob]);
    }

    [Theory]
    [InlineData("flipped")]
    [InlineData("header")]
    [InlineData("empty")]
    [InlineData("cut")]
    [InlineData("longer")]
    [InlineData("swapped")]
    public async Task Damaged_compiled_code_in_the_store_is_passed_over_and_the_request_answered(string damage)
    {
        var hash = await PublishAsync();
        var blob = await CompileAsync(hash);
        var whole = runner.Store[blob];
        runner.Store[blob] = damage switch
        {
            "flipped" => Flip(whole, whole.Length / 2),
            "header" => Flip(whole, 40),
            "empty" => [],
            "cut" => whole[..^1],
            "longer" => [.. whole, 0],
            _ => await OtherCompiledAsync(),
        };

        await using var other = await runner.StartAsync(options => options with { CacheRoot = null });
        using var client = await RunnerFixture.ReadyAsync(other);
        Assert.Equal(200, await RunAsync(hash, client));
        await using var poor = await runner.StartAsync(WithoutCacheOrCompiler);
        using var poorClient = await RunnerFixture.ReadyAsync(poor);
        Assert.Equal(503, await RunAsync(hash, poorClient));
    }

    [Fact]
    public async Task Damaged_compiled_code_on_disk_is_dropped_and_fetched_again()
    {
        var root = Directory.CreateTempSubdirectory("runner-damaged-").FullName;
        var hash = await PublishAsync();
        for (var round = 0; round < 3; round++)
        {
            await using var other = await runner.StartAsync(options => options with { CacheRoot = root });
            using var client = await RunnerFixture.ReadyAsync(other);
            Assert.Equal(200, await RunAsync(hash, client));
            var file = Assert.Single(Directory.GetFiles(Path.Combine(root, "compiled")));
            var bytes = await File.ReadAllBytesAsync(file);
            await File.WriteAllBytesAsync(file, round == 0 ? Flip(bytes, bytes.Length - 100) : []);
        }

        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Code_that_runs_is_mapped_from_a_file_without_a_name_so_that_nothing_on_disk_can_change_it()
    {
        var root = Directory.CreateTempSubdirectory("runner-mapped-").FullName;
        var hash = await PublishAsync();
        await using (var other = await runner.StartAsync(options => options with { CacheRoot = root }))
        {
            using var client = await RunnerFixture.ReadyAsync(other);
            Assert.Equal(200, await RunAsync(hash, client));
            Assert.Contains(await File.ReadAllLinesAsync("/proc/self/maps"), line => line.Contains(Path.Combine(root, "mapped"), StringComparison.Ordinal) && line.EndsWith("(deleted)", StringComparison.Ordinal));
            Assert.Empty(Directory.GetFiles(Path.Combine(root, "mapped")));

            // In place, byte for byte: a file that was mapped itself would change under the guest.
            var file = Assert.Single(Directory.GetFiles(Path.Combine(root, "compiled")));
            await File.WriteAllBytesAsync(file, new byte[new FileInfo(file).Length]);
            Assert.Equal(200, await RunAsync(hash, client));
        }

        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task Where_code_cannot_be_mapped_it_is_copied()
    {
        var root = Directory.CreateTempSubdirectory("runner-unmapped-").FullName;
        await File.WriteAllTextAsync(Path.Combine(root, "mapped"), "in the way of the folder");
        var hash = await PublishAsync();
        await using (var other = await runner.StartAsync(options => options with { CacheRoot = root }))
        {
            using var client = await RunnerFixture.ReadyAsync(other);
            Assert.Equal(200, await RunAsync(hash, client));
        }

        Directory.Delete(root, recursive: true);
    }

    [Fact]
    public async Task A_burst_of_first_requests_fetches_and_compiles_once()
    {
        var hash = await PublishAsync();
        // More than run and wait at once are let in here: what is asked is how often it is loaded.
        await using var other = await runner.StartAsync(options => options with { CacheRoot = null, QueueLength = 200, QueueTimeoutMs = 30_000 });
        using var client = await RunnerFixture.ReadyAsync(other);
        var statuses = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => RunAsync(hash, client)));
        Assert.All(statuses, status => Assert.Equal(200, status));
        Assert.Equal(1, runner.Store.Reads[BundleBlobNames.Bundle(hash)]);
        Assert.Equal(1, runner.Store.Writes.Count(name => IsCompiled(name, hash)));
    }

    [Fact]
    public async Task A_hostile_component_is_refused_stays_refused_and_costs_nobody_else()
    {
        var wasm = Guest.Wasm("hello", "(data (i32.const 1024) \"hello\")", $"(data (i32.const 1024) \"hello\") {CompilerProcessTests.HostileText("huge function")}");
        var hash = await runner.Publisher.PublishAsync(wasm, version);
        await using var other = await runner.StartAsync(options => options with { CacheRoot = null, CompileMemoryMb = 64, CompileSeconds = 3 });
        using var client = await RunnerFixture.ReadyAsync(other);
        var refusals = await Task.WhenAll(RefuseAsync(hash, client), RefuseAsync(hash, client));
        Assert.All(refusals, refusal => Assert.Contains("to compile", refusal, StringComparison.Ordinal));
        using var healthy = await client.GetAsync(new Uri("/readyz", UriKind.Relative));
        Assert.True(healthy.IsSuccessStatusCode);
        Assert.Equal(200, await RunAsync(await runner.Publisher.PublishAsync(Guest.Wasm("hello"), version), client));
    }

    [Fact]
    public async Task Code_that_a_publisher_compiled_is_never_read()
    {
        // A file that would be native code if anybody took it for that, in the place where a manifest may name one.
        var canary = "\u007fELF canary: whoever loads this is wrong"u8.ToArray();
        var target = "x86_64-unknown-linux-gnu";
        var hash = await runner.Publisher.PublishAsync(Guest.Wasm("hello"), version, files: [($"precompiled/{target}/main.cwasm", canary)]);
        Assert.Equal(200, await RunAsync(hash));
        Assert.DoesNotContain(Directory.GetFiles(runner.CacheRoot, "*", SearchOption.AllDirectories), file =>
            File.ReadAllBytes(file).AsSpan().IndexOf("canary"u8) >= 0 && file.EndsWith(".cwasm", StringComparison.Ordinal));
        Assert.DoesNotContain(runner.Store.Names.Where(name => IsCompiled(name, hash)), name => runner.Store[name].AsSpan().IndexOf("canary"u8) >= 0);
        Assert.DoesNotContain(runner.Store.Reads.Keys, name => name.Contains("precompiled", StringComparison.Ordinal));
    }

    private static RunnerOptions WithoutCacheOrCompiler(RunnerOptions options) => options with { CacheRoot = null, CompileMemoryMb = 1 };

    private static bool IsCompiled(string name, ContentHash hash) => name.StartsWith($"sha256/{hash.Hex}/compiled/", StringComparison.Ordinal);

    private static byte[] Flip(byte[] bytes, int at)
    {
        var altered = (byte[])bytes.Clone();
        altered[at] ^= 1;
        return altered;
    }

    private async Task<byte[]> OtherCompiledAsync()
    {
        var other = await runner.Publisher.PublishAsync(Guest.Wasm("echo"), runner.NextVersion());
        return runner.Store[await CompileAsync(other)];
    }

    /// <summary>As the registry does: says what was published. Gives the blob that a runner makes of it.</summary>
    private async Task<string> CompileAsync(ContentHash hash)
    {
        await runner.AnnounceUntilAsync(hash, () => runner.Store.Names.Any(name => IsCompiled(name, hash)));
        return await WaitForCompiledAsync(hash);
    }

    private async Task<string> WaitForCompiledAsync(ContentHash hash)
    {
        while (true)
        {
            if (runner.Store.Names.FirstOrDefault(name => IsCompiled(name, hash)) is { } found) return found;
            await Task.Delay(20);
        }
    }

    private async Task<int> RunAsync(ContentHash hash, HttpClient? client = null)
    {
        using var response = await PostAsync(hash, client);
        return (int)response.StatusCode;
    }

    private async Task<string> RefuseAsync(ContentHash hash, HttpClient client)
    {
        using var response = await PostAsync(hash, client);
        Assert.Equal("bundle_unavailable", await RunnerFixture.CodeAsync(response));
        return await response.Content.ReadAsStringAsync();
    }

    private Task<HttpResponseMessage> PostAsync(ContentHash hash, HttpClient? client)
    {
        var request = RunnerFixture.Request(hash, version: version);
        var bytes = RunnerFixture.Serialize(request);
        return runner.PostAsync(bytes, runner.Token(request, bytes), client);
    }

    private Task<ContentHash> PublishAsync() => runner.Publisher.PublishAsync(Guest.Wasm("hello"), version);
}
