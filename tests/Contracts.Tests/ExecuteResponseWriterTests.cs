using System.Text;
using System.Text.Json;
using Alga.Extensions.Contracts.Execution;
using CsCheck;

namespace Alga.Extensions.Contracts.Tests;

public class ExecuteResponseWriterTests
{
    private static readonly Gen<IReadOnlyDictionary<string, IReadOnlyList<string>>> Headers =
        Gen.Dictionary(Gen.String, Gen.String.Array[0, 3].Select(values => (IReadOnlyList<string>)values))[0, 4].Select(map => (IReadOnlyDictionary<string, IReadOnlyList<string>>)map);

    private static readonly Gen<ExecuteUsage> Usage = Gen.Select(Gen.Long, Gen.Long, Gen.Long, Gen.Long, (duration, fuel, memory, egress) =>
        new ExecuteUsage { DurationUs = duration, Fuel = fuel, MemoryBytes = memory, EgressBytes = egress });

    private static readonly Gen<ExecuteResponse> Response = Gen.Select(
        Gen.Int, Headers, Gen.Byte.Array.Null(), Gen.Select(Gen.String, Gen.String, (code, message) => new ExecuteError(code, message)).Null(), Usage,
        (status, headers, body, error, usage) => new ExecuteResponse { Status = status, Headers = headers, Body = body, Error = error, Usage = usage });

    [Fact]
    public void It_writes_exactly_what_the_serializer_writes() =>
        Response.Sample(response => Assert.Equal(JsonSerializer.Serialize(response, ExecutionJson.Default.ExecuteResponse), Write(response)));

    private static string Write(ExecuteResponse response)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream)) ExecuteResponseWriter.Write(writer, response);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
