using System.Text.Json;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Testing;

namespace Alga.Extensions.Contracts.Tests;

internal static class Sample
{
    /// <summary>A request with every member that there is.</summary>
    public static readonly ExecuteRequest Request = new()
    {
        Context = SampleContext.Value with
        {
            Config = new Dictionary<string, JsonElement> { ["a"] = JsonElement.Parse("""{"b":[1,2]}"""), ["c"] = JsonElement.Parse("null") },
        },
        Http = new ExecuteHttp
        {
            Method = "POST",
            Path = "/a/é",
            Endpoint = "/a/:id",
            Params = new Dictionary<string, string> { ["id"] = "é" },
            Query = new Dictionary<string, IReadOnlyList<string>> { ["q"] = ["1", "2"], ["one"] = ["1"] },
            Headers = new Dictionary<string, IReadOnlyList<string>> { ["accept"] = ["*/*"] },
            Body = [1, 2, 3],
        },
        Event = new ExecuteEvent { Id = "e", Topic = "t", OccurredAt = "2026-11-27T00:00:00Z", Attempt = 1, Payload = "{}" },
        Limits = new ExecuteLimits { TimeoutMs = 5, MemoryMb = 64, Fuel = long.MaxValue },
        Providers = ["cap:storage.kv", "cap:http.fetch"],
        Egress = ["api.example.com"],
        Secrets = [new ExecuteSecret("key", 90), new ExecuteSecret("other")],
        User = new ExecuteUser { Id = "u", Email = "e", Name = "n", Roles = ["r"] },
        Recording = new ExecuteRecording(OnlyErrors: true, KeepDays: 3),
    };
}
