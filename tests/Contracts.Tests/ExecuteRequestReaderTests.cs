using System.Text.Json;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Testing;

namespace Alga.Extensions.Contracts.Tests;

public class ExecuteRequestReaderTests
{
    private static readonly ExecuteRequest Full = new()
    {
        Context = new ExecuteContext
        {
            RequestId = Guid.Parse("01936b2e-0000-7000-8000-000000000001"),
            TenantId = Guid.Parse("01936b2e-0000-7000-8000-000000000002"),
            InstallId = Guid.Parse("01936b2e-0000-7000-8000-000000000003"),
            VersionId = Guid.Parse("01936b2e-0000-7000-8000-000000000004"),
            ExtensionId = "com.acme.reports",
            Version = "1.0.0",
            ContentHash = ContentHash.Of([]).ToString(),
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

    [Fact]
    public void It_takes_exactly_what_the_serializer_takes_and_reads_the_same()
    {
        var taken = 0;
        var refused = 0;
        foreach (var json in JsonMutations.Of(JsonSerializer.SerializeToUtf8Bytes(Full, ExecutionJson.Default.ExecuteRequest)))
        {
            var expected = Serializer(json);
            var actual = Reader(json);
            Assert.True(expected == actual, $"{System.Text.Encoding.UTF8.GetString(json)}\nserializer: {expected ?? "refused"}\nreader: {actual ?? "refused"}");
            if (actual is null) refused++;
            else taken++;
        }

        // Both happen often, or nothing was compared.
        Assert.True(taken > 100 && refused > 1_000, $"{taken} taken, {refused} refused");
    }

    private static string? Reader(byte[] json)
    {
        try
        {
            return Write(ExecuteRequestReader.Read(json));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Serializer(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ExecutionJson.Default.ExecuteRequest) is { } request && !HasNulls(request) ? Write(request) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Write(ExecuteRequest request) => JsonSerializer.Serialize(request, ExecutionJson.Default.ExecuteRequest);

    /// <summary>The serializer sees to nulls everywhere but in lists and maps.</summary>
    private static bool HasNulls(ExecuteRequest request) =>
        request.Providers.Contains(null!) || request.Egress.Contains(null!) || request.Secrets.Contains(null!) || request.Http.Params.Values.Contains(null!)
        || request.User?.Roles.Contains(null!) is true;
}
