using System.Text.Json;
using Alga.Extensions.Contracts.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>Answers of one thread, which writes them in the same room one after the other: none may hold anything of the one before.</summary>
public sealed class ExecuteResultTests : IDisposable
{
    private static readonly ExecuteResponse Small = new() { Status = 200, Body = "small"u8.ToArray(), Usage = new() };

    private static readonly ExecuteResponse WithLargeHeaders = Small with
    {
        // Six bytes in JSON for each of these: beyond the room that a thread keeps.
        Headers = new Dictionary<string, IReadOnlyList<string>> { ["x-a"] = [new string('\u00e9', 15_000)] },
    };

    private static readonly ExecuteResponse WithLargeBody = Small with { Body = new byte[100_000] };

    private readonly ServiceProvider services = new ServiceCollection().AddLogging().BuildServiceProvider();

    public void Dispose() => services.Dispose();

    [Fact]
    public async Task Each_answer_is_what_the_serializer_writes_whatever_came_before()
    {
        foreach (var response in (ExecuteResponse[])[Small, WithLargeHeaders, Small, WithLargeBody, Small])
        {
            var http = new DefaultHttpContext { RequestServices = services, Response = { Body = new MemoryStream() } };
            await new ExecuteResult(response).ExecuteAsync(http);
            Assert.Equal(JsonSerializer.SerializeToUtf8Bytes(response, ExecutionJson.Default.ExecuteResponse), ((MemoryStream)http.Response.Body).ToArray());
        }
    }

    [Fact]
    public async Task A_caller_that_goes_away_leaves_nothing_of_its_answer_to_the_next_one()
    {
        var gone = new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true), Response = { Body = new MemoryStream() } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ExecuteResult(WithLargeHeaders).ExecuteAsync(gone));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ExecuteResult(Small).ExecuteAsync(gone));
        await Each_answer_is_what_the_serializer_writes_whatever_came_before();
    }
}
