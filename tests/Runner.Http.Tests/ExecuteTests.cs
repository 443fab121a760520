using System.Text;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Runner.Guests;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>The execute endpoint over HTTP, as the gateway uses it.</summary>
public sealed class ExecuteTests(RunnerFixture runner) : IClassFixture<RunnerFixture>
{
    [Fact]
    public async Task A_guest_answers_and_the_answer_carries_the_requests_id()
    {
        var request = await runner.RequestAsync("hello");
        using var response = await runner.PostAsync(request);
        Assert.Equal(request.Context.RequestId.ToString(), response.Headers.GetValues(WireHeaders.RequestId).Single());
        Assert.True(response.Headers.CacheControl!.NoStore);
        var answer = await runner.ExecuteAsync(await runner.RequestAsync("hello"));
        Assert.Equal(200, answer.Status);
        Assert.Equal("hello", Text(answer));
        Assert.Null(answer.Error);
        Assert.InRange(answer.Usage.DurationUs, 1, long.MaxValue);
    }

    [Fact]
    public async Task Headers_that_repeat_keep_all_their_values_both_ways()
    {
        var request = await runner.RequestAsync("echo");
        var answer = await runner.ExecuteAsync(request with
        {
            Http = request.Http with { Headers = new Dictionary<string, IReadOnlyList<string>> { ["x-ext-a"] = ["1", "2"], ["x-ext-b"] = ["3"] } },
        });
        Assert.Equal(["1", "2"], answer.Headers["x-ext-a"]);
        Assert.Equal(["3"], answer.Headers["x-ext-b"]);
    }

    [Fact]
    public async Task Text_and_bytes_cross_up_to_their_caps_and_not_beyond()
    {
        var text = Encoding.UTF8.GetBytes(new string('a', PlatformLimits.MaxTextBodyBytes));
        Assert.Equal(text, (await runner.ExecuteAsync(await runner.RequestAsync("echo", body: text))).Body);
        Assert.Equal("body_too_large", await runner.RefuseAsync(await runner.RequestAsync("echo", body: [.. text, (byte)'a'])));

        var bytes = Enumerable.Repeat((byte)0xff, PlatformLimits.MaxBinaryBodyBytes).ToArray();
        Assert.Equal(bytes, (await runner.ExecuteAsync(await runner.RequestAsync("echo", body: bytes))).Body);
        Assert.Equal("body_too_large", await runner.RefuseAsync(await runner.RequestAsync("echo", body: [.. bytes, 0xff])));
    }

    [Theory]
    [InlineData("unreachable", "guest_trap", 502)]
    [InlineData("recursion", "guest_trap", 502)]
    [InlineData("bad-pointer", "invalid_response", 502)]
    [InlineData("many-headers", "invalid_response", 502)]
    public async Task A_guest_that_fails_is_reported_with_its_code_and_without_its_text(string guest, string code, int status)
    {
        var answer = await runner.ExecuteAsync(await runner.RequestAsync(guest));
        Assert.Equal(code, answer.Error!.Code);
        Assert.Equal(status, answer.Status);
        Assert.DoesNotContain("canary", answer.Error.Message, StringComparison.Ordinal);
        Assert.Null(answer.Body);
    }

    /// <summary>The function read an argument that was not there, which ended the process. Nothing refuses such a component before it runs.</summary>
    [Fact]
    public async Task Regression_a_guest_that_imports_timers_without_their_argument_ends_its_own_request_and_no_more()
    {
        var wasm = Guest.Wasm("other-imports", text => text
            .Replace("alga:extension/log@2.0.0", "wasi:clocks/monotonic-clock@0.2.0", StringComparison.Ordinal)
            .Replace("\"write\"", "\"subscribe-duration\"", StringComparison.Ordinal));
        var answer = await runner.ExecuteAsync(RunnerFixture.Request(await runner.Publisher.PublishAsync(wasm, runner.NextVersion())));
        Assert.Equal("guest_trap", answer.Error!.Code);
        Assert.Equal("hello", Text(await runner.ExecuteAsync(await runner.RequestAsync("hello"))));
    }

    [Fact]
    public async Task An_endless_loop_is_a_timeout_and_the_next_request_is_served()
    {
        // Until it is loaded the time goes by without it.
        Assert.Equal(200, (await runner.ExecuteAsync(await runner.RequestAsync("noise"))).Status);
        var request = await runner.RequestAsync("noise");
        var answer = await runner.ExecuteAsync(request with { Http = request.Http with { Method = "POST" }, Limits = new ExecuteLimits { TimeoutMs = 2_000 } });
        Assert.Equal("timeout", answer.Error!.Code);
        Assert.Equal("hello", Text(await runner.ExecuteAsync(await runner.RequestAsync("hello"))));
    }

    [Fact]
    public async Task Without_a_deadline_there_is_one_all_the_same()
    {
        Assert.Equal(200, (await runner.ExecuteAsync(await runner.RequestAsync("noise"))).Status);
        var request = await runner.RequestAsync("noise");
        Assert.Equal("timeout", (await runner.ExecuteAsync(request with { Http = request.Http with { Method = "POST" }, Limits = new ExecuteLimits() })).Error!.Code);
    }

    [Fact]
    public async Task Memory_is_what_the_request_allows()
    {
        var request = await runner.RequestAsync("memory-growth");
        var answer = await runner.ExecuteAsync(request with { Limits = new ExecuteLimits { MemoryMb = 8, TimeoutMs = 20_000 } });
        Assert.InRange(BitConverter.ToInt32(answer.Body), 100, 128);
    }

    [Theory]
    [InlineData("(core module $n (memory 1)) (core instance (instantiate $n))", 32)]
    [InlineData("(core module $n (memory 1)) (core instance (instantiate $n)) (core instance (instantiate $n))", 21)]
    public async Task Several_memories_have_together_what_the_request_allows(string others, int eachMb)
    {
        var wasm = Guest.Wasm("memory-growth", "(; after ;)", others);
        var request = RunnerFixture.Request(await runner.Publisher.PublishAsync(wasm));
        var answer = await runner.ExecuteAsync(request with { Limits = request.Limits with { MemoryMb = 64 } });
        Assert.InRange(BitConverter.ToInt32(answer.Body!), (eachMb - 1) * 16, eachMb * 16);
    }

    [Fact]
    public async Task Two_tenants_do_not_see_each_others_storage()
    {
        foreach (var (tenant, other) in new[] { (RunnerFixture.Acme, RunnerFixture.Globex), (RunnerFixture.Globex, RunnerFixture.Acme) })
        {
            // The guest's namespace is the method, so it must be lower case here.
            Assert.Equal(404, (await CallAsync("/get", tenant.ToString(), tenant)).Status);
            await runner.ExecuteAsOwnerAsync(
                $$"""
                set app.tenant_id = '{{tenant}}';
                insert into extension_storage_entry (tenant_id, extension_id, namespace, key, value, revision, updated_at)
                values ('{{tenant}}', '{{Publisher.Extension}}', 'greetings', '{{tenant}}', '"mine"', 7, now());
                """);
            Assert.Equal("\"mine\"", Text(await CallAsync("/get", tenant.ToString(), tenant)));
            Assert.Equal(404, (await CallAsync("/get", tenant.ToString(), other)).Status);
            Assert.Equal(404, (await CallAsync("/delete", tenant.ToString(), other)).Status);
            Assert.Equal(200, (await CallAsync("/delete", tenant.ToString(), tenant)).Status);
        }

        async Task<ExecuteResponse> CallAsync(string path, string body, Guid tenant)
        {
            var request = await runner.RequestAsync("calls", path, Encoding.UTF8.GetBytes(body), tenant);
            return await runner.ExecuteAsync(request with { Http = request.Http with { Method = "greetings" } });
        }
    }

    [Fact]
    public async Task Without_the_capability_storage_is_denied_with_the_manifest_line()
    {
        var request = await runner.RequestAsync("calls", "/get", "k"u8.ToArray());
        var answer = await runner.ExecuteAsync(request with { Providers = [] });
        Assert.Equal(599, answer.Status);
        Assert.Contains("Add \"storage.kv\" to \"capabilities\"", Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_guest_sees_the_tokens_tenant() =>
        Assert.Equal(RunnerFixture.Globex.ToString(), Text(await runner.ExecuteAsync(await runner.RequestAsync("calls", "/context", tenant: RunnerFixture.Globex))));

    [Fact]
    public async Task Fetch_and_secrets_are_denied()
    {
        foreach (var path in new[] { "/http", "/Secret", "/Names" })
        {
            Assert.Equal(599, (await runner.ExecuteAsync(await runner.RequestAsync("calls", path, "x"u8.ToArray()))).Status);
        }
    }

    [Fact]
    public async Task Metrics_of_guest_and_runner_are_visible()
    {
        await runner.ExecuteAsync(await runner.RequestAsync("calls", "/metric", "visits"u8.ToArray()));
        var text = await runner.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        Assert.Contains("ext_histogram_visits", text, StringComparison.Ordinal);
        Assert.Contains("alga_runner_execution_duration_seconds_bucket", text, StringComparison.Ordinal);
    }

    private static string Text(ExecuteResponse response) => Encoding.UTF8.GetString(response.Body ?? []);
}
