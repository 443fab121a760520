using System.Net;
using System.Text;
using Alga.Extensions.Contracts.Execution;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Gateway.Tests;

/// <summary>Requests with an <c>Idempotency-Key</c>: executed once, answered alike.</summary>
public sealed class IdempotencyTests(GatewayHost host) : IClassFixture<GatewayHost>
{
    private readonly string key = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();

    [Fact]
    public async Task A_repeated_request_gets_the_first_answer_and_is_not_executed_again()
    {
        var calls = Count(() => Answer(201, "made"));
        using var first = await PostAsync("ada", "one");
        using var second = await PostAsync("ada", "one");
        Assert.Equal((HttpStatusCode.Created, "made", 1), (second.StatusCode, await second.Content.ReadAsStringAsync(), calls()));
        Assert.Equal("yes", second.Headers.GetValues("x-ext-made").Single());
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal("true", second.Headers.GetValues("Idempotency-Replayed").Single());
    }

    [Fact]
    public async Task Another_users_key_is_another_key_and_so_is_the_same_at_another_route()
    {
        var calls = Count(() => Answer(200, "x"));
        (await PostAsync("ada", "one")).Dispose();
        (await PostAsync("grace", "one")).Dispose();
        (await SendAsync(HttpMethod.Put, "/large", "ada", "one")).Dispose();
        Assert.Equal(3, calls());
    }

    [Fact]
    public async Task The_key_of_a_user_of_the_same_name_with_another_issuer_is_another_key()
    {
        var calls = Count(() => Answer(200, "x"));
        (await PostAsync("ada", "one")).Dispose();
        using var other = await PostAsync("other-ada", "one");
        Assert.Equal((HttpStatusCode.OK, 2), (other.StatusCode, calls()));
        Assert.False(other.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_refused()
    {
        var calls = Count(() => Answer(200, "x"));
        (await PostAsync("ada", "one")).Dispose();
        using var other = await PostAsync("ada", "two");
        Assert.Equal(HttpStatusCode.BadRequest, other.StatusCode);
        Assert.Contains("new key", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, calls());
    }

    [Theory]
    [InlineData("X-Ext-Amount", "100", "1000", HttpStatusCode.BadRequest)]
    [InlineData("If-Match", "\"a\"", "\"b\"", HttpStatusCode.BadRequest)]
    [InlineData("User-Agent", "one/1", "one/2", HttpStatusCode.OK)]
    [InlineData("Accept-Language", "de", "en", HttpStatusCode.OK)]
    public async Task What_a_header_asks_the_extension_for_is_a_part_of_the_request(string name, string first, string second, HttpStatusCode expected)
    {
        var calls = Count(() => Answer(200, "x"));
        (await SendAsync(HttpMethod.Post, "/reports", "ada", "one", null, (name, first))).Dispose();
        using var same = await SendAsync(HttpMethod.Post, "/reports", "ada", "one", null, (name, first));
        using var other = await SendAsync(HttpMethod.Post, "/reports", "ada", "one", null, (name, second));
        Assert.Equal((HttpStatusCode.OK, expected, 1), (same.StatusCode, other.StatusCode, calls()));
    }

    [Fact]
    public async Task While_it_runs_a_repetition_is_refused_and_afterwards_answered()
    {
        var entered = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        var calls = 0;
        host.Runner.Answer = async _ =>
        {
            calls++;
            entered.SetResult();
            await gate.Task;
            return FakeRunner.Json(Answer(200, "done"));
        };
        var first = SendAsync(HttpMethod.Put, "/large", "ada", "one");
        await entered.Task;
        using var meanwhile = await SendAsync(HttpMethod.Put, "/large", "ada", "one");
        gate.SetResult();
        (await first).Dispose();
        using var afterwards = await SendAsync(HttpMethod.Put, "/large", "ada", "one");
        Assert.Equal((HttpStatusCode.Conflict, "done", 1), (meanwhile.StatusCode, await afterwards.Content.ReadAsStringAsync(), calls));
    }

    [Fact]
    public async Task Of_many_at_once_one_is_executed()
    {
        var calls = 0;
        host.Runner.Answer = _ =>
        {
            Interlocked.Increment(ref calls);
            return Task.FromResult(FakeRunner.Json(Answer(200, "done")));
        };
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => PostAsync("ada", "one")));
        Assert.Equal(1, calls);
        Assert.All(answers, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task A_guests_failure_is_an_outcome_and_what_was_not_started_is_none()
    {
        var calls = Count(() => new ExecuteResponse { Status = 502, Error = new ExecuteError("guest_trap", "It crashed."), Usage = new ExecuteUsage() });
        (await PostAsync("ada", "one")).Dispose();
        using var repeated = await PostAsync("ada", "one");
        Assert.Equal((HttpStatusCode.BadGateway, 1), (repeated.StatusCode, calls()));

        calls = Count(() => new ExecuteResponse { Status = 503, Error = new ExecuteError("overloaded", "Busy."), Usage = new ExecuteUsage() });
        var other = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString();
        (await SendAsync(HttpMethod.Post, "/reports", "ada", "one", other)).Dispose();
        (await SendAsync(HttpMethod.Post, "/reports", "ada", "one", other)).Dispose();
        Assert.Equal(2, calls());
    }

    [Theory]
    [InlineData("")]
    [InlineData("with space")]
    public async Task A_malformed_key_is_refused(string malformed)
    {
        var calls = Count(() => Answer(200, "x"));
        using var answer = await SendAsync(HttpMethod.Post, "/reports", "ada", "one", malformed);
        Assert.Equal((HttpStatusCode.BadRequest, 0), (answer.StatusCode, calls()));
    }

    [Fact]
    public async Task Reading_is_not_kept()
    {
        var calls = Count(() => Answer(200, "x"));
        for (var i = 0; i < 2; i++) (await SendAsync(HttpMethod.Get, "/reports/1", "ada", null)).Dispose();
        Assert.Equal(2, calls());
    }

    [Fact]
    public async Task A_claim_whose_gateway_died_and_an_outcome_of_yesterday_make_room()
    {
        var calls = Count(() => Answer(200, "x"));
        (await PostAsync("ada", "one")).Dispose();
        await ChangeAsync("status = null, answer = null, claimed_until = now() - interval '1 second'");
        (await PostAsync("ada", "one")).Dispose();
        await ChangeAsync("expires_at = now() - interval '1 second'");
        (await PostAsync("ada", "two")).Dispose();
        Assert.Equal(3, calls());
    }

    private async Task ChangeAsync(string changes)
    {
        await using var connection = new NpgsqlConnection(host.Owner);
        Assert.InRange(await connection.ExecuteAsync($"update extension_idempotency set {changes}"), 1, int.MaxValue);
    }

    private Func<int> Count(Func<ExecuteResponse> answer)
    {
        var calls = 0;
        host.Runner.Answer = _ =>
        {
            calls++;
            return Task.FromResult(FakeRunner.Json(answer()));
        };
        return () => calls;
    }

    private static ExecuteResponse Answer(int status, string body) => new()
    {
        Status = status,
        Headers = new Dictionary<string, IReadOnlyList<string>> { ["x-ext-made"] = ["yes"], ["content-type"] = ["text/plain"] },
        Body = Encoding.UTF8.GetBytes(body),
        Usage = new ExecuteUsage(),
    };

    private Task<HttpResponseMessage> PostAsync(string user, string body) => SendAsync(HttpMethod.Post, "/reports", user, body);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string user, string? body, string? withKey = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, $"/api/ext/{GatewayHost.Extension}{path}");
        if (body is not null) request.Content = new StringContent(body);
        request.Headers.Add("Authorization", "Bearer " + user);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", withKey ?? key);
        foreach (var (name, value) in headers) Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await host.Client.SendAsync(request);
    }
}
