using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.AlgaExt.Dev;
using Alga.Extensions.AlgaExt.Invoke;
using Alga.Extensions.AlgaExt.Test;
using Alga.Extensions.Runner.Guests;
using Alga.Extensions.Services;

namespace Alga.Extensions.Cli.Tests.Test;

/// <summary>What dev and test stand on, against the real gateway and runner; one start for all of it.</summary>
public sealed class RealRunnerTests(RealRunnerTests.Platform platform) : IClassFixture<RealRunnerTests.Platform>
{
    private const string Name = "com.acme.reports";

    [Fact]
    public async Task A_saved_version_answers_through_the_gateway_and_the_next_one_takes_its_place()
    {
        await platform.InstallAsync("hello", []);
        await platform.WaitAsync("GET", "/reports", answer => answer is { Status: 200, Body: "hello" });
        await platform.InstallAsync("unreachable", []);
        await platform.WaitAsync("GET", "/reports", answer => answer.Status == 502);
    }

    [Fact]
    public async Task What_a_manifest_does_not_declare_is_not_found_as_everywhere()
    {
        await platform.InstallAsync("hello", [], path: "/declared");
        await platform.WaitAsync("GET", "/declared", answer => answer.Status == 200);
        Assert.Equal(404, (await platform.CallAsync("GET", "/other")).Status);
    }

    [Fact]
    public async Task Fetches_are_answered_from_fixtures_and_what_has_none_fails_the_test()
    {
        await platform.InstallAsync("fetch", ["storage.kv", "http.fetch", "secrets.get", "metrics.emit"], ["api.example.com"], "/http");
        var tests = TestFile.Read("a", """
            { "tests": [
              { "name": "answered", "fetch": [ { "method": "POST", "url": "https://api.example.com/x?y=1", "body": "from the fixture" } ],
                "steps": [ { "method": "POST", "path": "/http", "body": "https://api.example.com/x?y=1", "expect": { "status": 200, "body": "from the fixture" } } ],
                "fetches": [ { "method": "POST", "url": "https://api.example.com/x?y=1" } ] },
              { "name": "unanswered",
                "steps": [ { "method": "POST", "path": "/http", "body": "https://api.example.com/z", "expect": { "status": 599 } } ] },
              { "name": "other answer", "fetch": [ { "method": "POST", "url": "https://api.example.com/x", "body": "b" } ],
                "steps": [ { "method": "POST", "path": "/http", "body": "https://api.example.com/x", "expect": { "body": "a" } } ] }
            ] }
            """);
        var run = platform.Tests();
        Assert.Null((await run.RunAsync(tests[0], CancellationToken.None)).Fault);
        Assert.Contains("no fixture for POST https://api.example.com/z", (await run.RunAsync(tests[1], CancellationToken.None)).Fault, StringComparison.Ordinal);
        Assert.Contains("expected body", (await run.RunAsync(tests[2], CancellationToken.None)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_gives_the_extension_secrets_and_the_next_test_has_none_of_them()
    {
        await platform.InstallAsync("calls", ["storage.kv", "http.fetch", "secrets.get", "metrics.emit"], ["api.example.com"], "/Secret");
        var tests = TestFile.Read("a", """
            { "tests": [
              { "name": "given", "secrets": { "key": "of the test" },
                "steps": [ { "method": "POST", "path": "/Secret", "body": "key", "expect": { "status": 200, "body": "of the test" } } ] },
              { "name": "not given",
                "steps": [ { "method": "POST", "path": "/Secret", "body": "key", "expect": { "status": 599 } } ] },
              { "name": "another value", "secrets": { "key": "of another test" },
                "steps": [ { "method": "POST", "path": "/Secret", "body": "key", "expect": { "status": 200, "body": "of another test" } } ] }
            ] }
            """);
        var run = platform.Tests();
        foreach (var test in tests) Assert.Null((await run.RunAsync(test, CancellationToken.None)).Fault);
    }

    [Fact]
    public async Task The_allow_list_holds_for_the_fake_world_too_and_a_denial_is_told()
    {
        await platform.InstallAsync("fetch", ["storage.kv", "http.fetch", "secrets.get", "metrics.emit"], ["api.example.com"], "/http");
        await platform.WaitAsync("POST", "/http", answer => answer.Status == 599, "https://other.example.com/");
        var denial = await platform.NextAsync("denied");
        Assert.Contains("\"other.example.com\" to \"egress\" in manifest.json", denial["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_is_told_with_how_it_ended()
    {
        await platform.InstallAsync("unreachable", []);
        await platform.WaitAsync("GET", "/reports", answer => answer.Status == 502);
        JsonObject call;
        do call = await platform.NextAsync("call");
        while (call["code"]?.GetValue<string>() != "guest_trap");
        Assert.Equal("/reports", call["path"]!.GetValue<string>());
    }

    [Fact]
    public async Task An_extension_of_another_publisher_is_refused()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => platform.InstallAsync("hello", [], publisher: "globex"));
        Assert.Equal("forbidden", refused.Refusal.Code);
    }

    /// <summary>The local platform of one test class.</summary>
    [SuppressMessage("Interoperability", "CA1416", Justification = "Tests run on Linux.")]
    public sealed class Platform : IAsyncLifetime
    {
        private readonly Channel<JsonObject> events = Channel.CreateUnbounded<JsonObject>();
        private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("alga-dev-");
        private DevHostProcess host = null!;
        private GatewayClient gateway = null!;
        private long versions;

        public async Task InitializeAsync()
        {
            // Others may pass through, so that PostgreSQL's data stays inside also when root runs this.
            File.SetUnixFileMode(root.FullName, File.GetUnixFileMode(root.FullName) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            host = await DevHostProcess.StartAsync(Path.Combine(root.FullName, "state"), "acme", LoopbackPort.PickFreeRow(10), fakeWorld: true, facts => events.Writer.TryWrite(facts), CancellationToken.None);
            gateway = GatewayClient.Open(host.Address.Gateway, new FileInfo(host.Address.TokenFile));
        }

        public async Task DisposeAsync()
        {
            gateway?.Dispose();
            if (host is not null) await host.DisposeAsync();
            root.Delete(recursive: true);
        }

        internal TestRun Tests() => new(host, gateway);

        /// <summary>Installs a guest by the name of its file; <c>fetch</c> is one that fetches what its body names.</summary>
        internal async Task InstallAsync(string guest, string[] capabilities, string[]? egress = null, string path = "/reports", string publisher = "acme")
        {
            var folder = Path.Combine(root.FullName, Guid.CreateVersion7().ToString("N"));
            Directory.CreateDirectory(Path.Combine(folder, "dist"));
            await File.WriteAllBytesAsync(Path.Combine(folder, "dist", "main.wasm"), guest == "fetch" ? Fetching() : Guest.Wasm(guest));
            var manifest = new JsonObject
            {
                ["manifestVersion"] = 2,
                ["name"] = Name,
                ["publisher"] = publisher,
                ["version"] = "1.0.0",
                ["displayName"] = "Reports",
                ["runtime"] = "wasm-component@2",
                ["entry"] = "dist/main.wasm",
                ["capabilities"] = JsonSerializer.SerializeToNode(capabilities),
                ["api"] = new JsonObject { ["endpoints"] = new JsonArray(new JsonObject { ["method"] = "GET", ["path"] = path }, new JsonObject { ["method"] = "POST", ["path"] = path }) },
            };
            if (egress is not null) manifest["egress"] = JsonSerializer.SerializeToNode(egress);
            if (capabilities.Contains("storage.kv")) manifest["storage"] = JsonNode.Parse("""{ "namespaces": ["main"] }""");
            if (capabilities.Contains("secrets.get")) manifest["secrets"] = JsonNode.Parse("""[{ "name": "key", "description": "A key" }]""");
            await File.WriteAllTextAsync(Path.Combine(folder, "manifest.json"), manifest.ToJsonString());
            var (_, bundle) = await DevBundle.PackAsync(folder, Interlocked.Increment(ref versions), component: null, CancellationToken.None);
            await host.InstallAsync(bundle, source: null, CancellationToken.None);
        }

        internal async Task<GatewayAnswer> CallAsync(string method, string path, string? body = null)
        {
            using var content = body is null ? null : new StringContent(body);
            return await gateway.CallAsync(method, Name, path, content, CancellationToken.None);
        }

        /// <summary>Calls until the gateway has heard of what was installed last.</summary>
        internal async Task WaitAsync(string method, string path, Func<GatewayAnswer, bool> isExpected, string? body = null)
        {
            while (!isExpected(await CallAsync(method, path, body))) await Task.Delay(50);
        }

        /// <summary>The next event of a kind.</summary>
        internal async Task<JsonObject> NextAsync(string kind)
        {
            while (true)
            {
                var facts = await events.Reader.ReadAsync();
                if (facts["event"]!.GetValue<string>() == kind) return facts;
            }
        }

        private static byte[] Fetching() => Guest.Wasm(
            "calls",
            "(local.get 4) (local.get 5) (local.get 10) (local.get 11)\n        (local.get 12) (local.get 13) (local.get 14) (i32.const 1)",
            "(local.get 13) (local.get 14) (i32.const 0) (i32.const 0)\n        (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 1)");
    }
}
