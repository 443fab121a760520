using System.Text.Json;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Testing;

namespace Alga.Extensions.Contracts.Tests;

public class ExecuteRequestReaderTests
{
    [Fact]
    public void It_takes_exactly_what_the_serializer_takes_and_reads_the_same()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(Sample.Request, ExecutionJson.Default.ExecuteRequest);
        var (taken, refused, difference) = SameReading.Of(json, Serializer, json => Write(ExecuteRequestReader.Read(json)));
        Assert.Null(difference);
        // Both happen often, or nothing was compared.
        Assert.True(taken > 100 && refused > 1_000, $"{taken} taken, {refused} refused");
    }

    private static string Serializer(byte[] json) =>
        JsonSerializer.Deserialize(json, ExecutionJson.Default.ExecuteRequest) is { } request && !HasNulls(request) ? Write(request) : throw new JsonException("A null.");

    private static string Write(ExecuteRequest request) => JsonSerializer.Serialize(request, ExecutionJson.Default.ExecuteRequest);

    /// <summary>The serializer sees to nulls everywhere but in lists and maps.</summary>
    private static bool HasNulls(ExecuteRequest request) =>
        request.Providers.Contains(null!) || request.Egress.Contains(null!) || request.Secrets.Contains(null!) || request.Http.Params.Values.Contains(null!)
        || request.User?.Roles.Contains(null!) is true;
}
