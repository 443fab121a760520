using System.Text;
using System.Text.Json;
using Alga.Extensions.Bundles.Rewriting;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Runner.Guests;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>Extensions that say that others have the same code: it is compiled and kept once, apart from them.</summary>
public sealed class SharedCodeTests(RunnerFixture runner) : IClassFixture<RunnerFixture>
{
    // Code that no other test has.
    private readonly int mark = Random.Shared.Next();

    [Fact]
    public async Task The_code_of_several_extensions_is_compiled_once_and_each_answers_with_its_own_data()
    {
        string[] words = ["alpha", "bravo", "delta"];
        var hashes = new List<ContentHash>();
        foreach (var word in words) hashes.Add(await PublishAsync(word));
        await using var other = await runner.StartAsync(options => options with { CacheRoot = null });
        using var client = await RunnerFixture.ReadyAsync(other);
        Assert.Equal(words, await Task.WhenAll(hashes.Select(hash => AnswerAsync(hash, client))));
        Assert.Single(SharedBlobs());
    }

    [Fact]
    public async Task Another_runner_takes_both_parts_from_the_store()
    {
        var hash = await CompiledAsync("alpha");
        await using var other = await runner.StartAsync(WithoutCacheOrCompiler);
        using var client = await RunnerFixture.ReadyAsync(other);
        Assert.Equal("alpha", await AnswerAsync(hash, client));
    }

    [Fact]
    public async Task Both_parts_are_read_from_disk_when_the_store_is_away_with_them()
    {
        var root = Directory.CreateTempSubdirectory("runner-shared-").FullName;
        var hash = await PublishAsync("alpha");
        for (var round = 0; round < 2; round++)
        {
            await using var other = await runner.StartAsync(options => options with { CacheRoot = root });
            using var client = await RunnerFixture.ReadyAsync(other);
            Assert.Equal("alpha", await AnswerAsync(hash, client));
            Assert.Equal(2, Directory.GetFiles(Path.Combine(root, "compiled")).Length);
            foreach (var name in runner.Store.Names.Where(name => name.Contains("/compiled/", StringComparison.Ordinal))) runner.Store.Remove(name);
        }

        // Nothing was made anew: both parts would have been written to the store again.
        Assert.Empty(SharedBlobs());
        Directory.Delete(root, recursive: true);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Where_the_shared_code_is_missing_or_damaged_it_is_compiled_again_and_never_run_as_it_is(bool isDamaged)
    {
        var hash = await CompiledAsync("alpha");
        var blob = Assert.Single(SharedBlobs());
        if (isDamaged) runner.Store[blob] = [.. runner.Store[blob][..^1], (byte)(runner.Store[blob][^1] ^ 1)];
        else runner.Store.Remove(blob);

        await using (var poor = await runner.StartAsync(WithoutCacheOrCompiler))
        {
            using var client = await RunnerFixture.ReadyAsync(poor);
            using var response = await PostAsync(hash, client);
            Assert.Equal("bundle_unavailable", await RunnerFixture.CodeAsync(response));
        }

        await using var other = await runner.StartAsync(options => options with { CacheRoot = null });
        using var able = await RunnerFixture.ReadyAsync(other);
        Assert.Equal("alpha", await AnswerAsync(hash, able));
        Assert.Single(SharedBlobs());
    }

    [Fact]
    public async Task What_was_collected_is_compiled_and_stored_again_and_who_has_it_in_memory_goes_on()
    {
        var hash = await CompiledAsync("alpha");
        await using var holder = await runner.StartAsync(options => options with { CacheRoot = null });
        using var held = await RunnerFixture.ReadyAsync(holder);
        Assert.Equal("alpha", await AnswerAsync(hash, held));
        var both = SharedBlobs().Concat(runner.Store.Names.Where(name => name.StartsWith(BundleBlobNames.CompiledFolder(hash), StringComparison.Ordinal))).ToList();
        Assert.Equal(2, both.Count);
        foreach (var blob in both) runner.Store.Remove(blob);

        Assert.Equal("alpha", await AnswerAsync(hash, held));
        Assert.DoesNotContain(runner.Store.Names, both.Contains);
        await using var other = await runner.StartAsync(options => options with { CacheRoot = null });
        using var client = await RunnerFixture.ReadyAsync(other);
        Assert.Equal("alpha", await AnswerAsync(hash, client));
        Assert.All(both, blob => Assert.Contains(blob, runner.Store.Names));
    }

    [Fact]
    public async Task A_request_with_a_fuel_limit_shares_metered_code()
    {
        var hash = await PublishAsync("alpha");
        var request = RunnerFixture.Request(hash);
        request = request with { Limits = request.Limits with { Fuel = 1_000_000 } };
        Assert.Equal("alpha", Encoding.UTF8.GetString((await runner.ExecuteAsync(request)).Body!));
        Assert.Single(SharedBlobs());
    }

    [Fact]
    public async Task A_component_that_claims_to_share_code_and_is_not_valid_is_refused_like_any_other()
    {
        var hash = await runner.Publisher.PublishAsync(Guest.Sharing(Guest.Wasm("hello", "(i32.const 5)))", "(i64.const 5)))")), runner.NextVersion());
        using var response = await PostAsync(hash, runner.Client);
        Assert.Equal("bundle_unavailable", await RunnerFixture.CodeAsync(response));
    }

    private static RunnerOptions WithoutCacheOrCompiler(RunnerOptions options) => options with { CacheRoot = null, CompileMemoryMb = 1 };

    /// <summary>A guest that answers with a word of five letters, whose code is that of the others of this test.</summary>
    private byte[] Wasm(string word) =>
        Guest.Sharing(Guest.Wasm("hello", "(data (i32.const 1024) \"hello\")", $"(data (i32.const 1024) \"{word}\") (func (result i32) (i32.const {mark}))"));

    private Task<ContentHash> PublishAsync(string word) => runner.Publisher.PublishAsync(Wasm(word), runner.NextVersion());

    /// <summary>As the registry does: says what was published, and waits for what a runner makes of it.</summary>
    private async Task<ContentHash> CompiledAsync(string word)
    {
        var hash = await PublishAsync(word);
        await runner.AnnounceUntilAsync(hash, () => runner.Store.Names.Any(name => name.StartsWith($"sha256/{hash.Hex}/compiled/", StringComparison.Ordinal)));
        return hash;
    }

    /// <summary>What is stored of the code that the guests of this test share.</summary>
    private List<string> SharedBlobs()
    {
        Assert.True(ComponentSplit.TrySplit(Wasm("alpha"), out var split));
        return [.. runner.Store.Names.Where(name => name.StartsWith($"sha256/shared/compiled/{ContentHash.Of(split.Code).Hex}/", StringComparison.Ordinal))];
    }

    private async Task<string> AnswerAsync(ContentHash hash, HttpClient client)
    {
        using var response = await PostAsync(hash, client);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return Encoding.UTF8.GetString(JsonSerializer.Deserialize(text, ExecutionJson.Default.ExecuteResponse)!.Body!);
    }

    private Task<HttpResponseMessage> PostAsync(ContentHash hash, HttpClient client)
    {
        var request = RunnerFixture.Request(hash);
        var bytes = RunnerFixture.Serialize(request);
        return runner.PostAsync(bytes, runner.Token(request, bytes), client);
    }
}
