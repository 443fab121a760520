using System.Diagnostics;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Contracts.Execution;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>What each execution leaves in the database, read as its owner.</summary>
public sealed class RecordTests(RunnerFixture runner) : IClassFixture<RunnerFixture>
{
    [Fact]
    public async Task An_answer_leaves_one_record_with_everything_that_is_known()
    {
        // What a caller traces, whether or not anybody collects spans here.
        using var trace = new Activity("caller").Start();
        var request = await runner.RequestAsync("hello") with { User = new ExecuteUser { Id = "ada" } };
        var answer = await runner.ExecuteAsync(request);
        var record = await runner.RecordAsync(request);

        Assert.Equal(request.Context.TenantId, record.tenant_id);
        Assert.Equal(request.Context.ExtensionId, record.extension_id);
        Assert.Equal(request.Context.InstallId, record.install_id);
        Assert.Equal(request.Context.VersionId, record.version_id);
        Assert.Equal(request.Context.Version, record.version);
        Assert.Equal("GET", record.method);
        Assert.Equal("200", record.endpoint);
        Assert.Equal("ada", record.user_id);
        Assert.Equal((short)200, record.status);
        Assert.Null(record.code);
        Assert.Equal(answer.Usage.DurationUs, record.duration_us);
        Assert.Equal(2 * PlatformExports.PageBytes, answer.Usage.MemoryBytes);
        Assert.Equal(answer.Usage.MemoryBytes, record.memory_bytes);
        Assert.True(record.queue_us >= 0);
        Assert.Equal(trace.TraceId.ToHexString(), (string)record.trace_id);
        Assert.Null(record.logs);
    }

    [Theory]
    [InlineData("unreachable", "guest_trap", 502)]
    [InlineData("bad-pointer", "invalid_response", 502)]
    public async Task A_guest_that_fails_leaves_its_code(string guest, string code, int status)
    {
        var request = await runner.RequestAsync(guest);
        await runner.ExecuteAsync(request);
        var record = await runner.RecordAsync(request);
        Assert.Equal((short)status, record.status);
        Assert.Equal(code, record.code);
        Assert.True(record.duration_us > 0);
    }

    [Fact]
    public async Task A_timeout_leaves_a_record()
    {
        var request = await runner.RequestAsync("loop") with { Limits = new ExecuteLimits { TimeoutMs = 50 } };
        using var response = await runner.PostAsync(request);
        Assert.Equal("timeout", (await runner.RecordAsync(request)).code);
    }

    [Fact]
    public async Task A_request_that_is_refused_without_a_guest_leaves_a_record()
    {
        var missing = RunnerFixture.Request(ContentHash.Of("missing"u8));
        await runner.RefuseAsync(missing);
        var record = await runner.RecordAsync(missing);
        Assert.Equal("bundle_unavailable", record.code);
        Assert.Equal((short)503, record.status);
        Assert.Equal(0L, record.duration_us);

        var large = await runner.RequestAsync("echo", body: Enumerable.Repeat((byte)0xff, PlatformLimits.MaxBinaryBodyBytes + 1).ToArray());
        await runner.RefuseAsync(large);
        Assert.Equal("body_too_large", (await runner.RecordAsync(large)).code);
    }

    [Fact]
    public async Task A_request_whose_caller_goes_away_while_it_waits_leaves_a_record()
    {
        // Two of the tenant run, which is its share; the third waits until its caller has gone.
        var blocking = new List<Task<HttpResponseMessage>>();
        await runner.ExecuteAsync(await runner.RequestAsync("hello"));
        for (var i = 0; i < 2; i++)
        {
            blocking.Add(runner.PostAsync(await runner.RequestAsync("loop", tenant: RunnerFixture.Globex) with { Limits = new ExecuteLimits { TimeoutMs = 10_000 } }));
        }

        await runner.WaitForMetricAsync("alga_runner_threads_busy", 2);

        var leaving = await runner.RequestAsync("hello", tenant: RunnerFixture.Globex);
        using (var client = new HttpClient { BaseAddress = runner.Client.BaseAddress })
        {
            var bytes = RunnerFixture.Serialize(leaving);
            var waiting = runner.PostAsync(bytes, runner.Token(leaving, bytes), client);
            await runner.WaitForMetricAsync("alga_runner_queue_depth", 1);
            client.CancelPendingRequests();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        }

        var record = await runner.RecordAsync(leaving);
        Assert.Equal("cancelled", record.code);
        Assert.Equal((short)499, record.status);
        foreach (var task in blocking) (await task).Dispose();
    }

    [Fact]
    public async Task Without_a_valid_token_there_is_no_record_for_anybody()
    {
        var request = await runner.RequestAsync("hello");
        using var response = await runner.PostAsync(RunnerFixture.Serialize(request), null);
        await runner.ExecuteAsync(await runner.RequestAsync("hello"));
        Assert.Empty(await runner.RecordsAsync(request));
    }

    [Fact]
    public async Task Log_lines_are_in_the_record()
    {
        var request = await runner.RequestAsync("calls", "/log", "grüß 🙂"u8.ToArray());
        request = request with { Http = request.Http with { Query = new Dictionary<string, IReadOnlyList<string>> { ["key"] = ["va\"lue"] } } };
        await runner.ExecuteAsync(request);
        var lines = JsonElement.Parse((string)(await runner.RecordAsync(request)).logs);
        var line = Assert.Single(lines.EnumerateArray());
        Assert.Equal("warn", line.GetProperty("level").GetString());
        Assert.Equal("grüß 🙂", line.GetProperty("message").GetString());
        Assert.Equal("va\"lue", line.GetProperty("fields").GetProperty("key").GetString());
    }

    [Fact]
    public async Task Fuel_is_counted_where_the_request_limits_it()
    {
        var request = await runner.RequestAsync("hello") with { Limits = new ExecuteLimits { Fuel = 1_000_000, TimeoutMs = 20_000 } };
        var answer = await runner.ExecuteAsync(request);
        Assert.InRange(answer.Usage.Fuel, 1, 1_000_000);
        Assert.Equal(answer.Usage.Fuel, (long)(await runner.RecordAsync(request)).fuel);

        request = await runner.RequestAsync("loop") with { Limits = new ExecuteLimits { Fuel = 5_000, TimeoutMs = 20_000 } };
        answer = await runner.ExecuteAsync(request);
        Assert.Equal("fuel_exhausted", answer.Error!.Code);
        Assert.Equal(502, answer.Status);
        Assert.Equal(0, (await runner.ExecuteAsync(await runner.RequestAsync("hello"))).Usage.Fuel);
    }

    [Fact]
    public async Task Usage_is_what_the_log_says()
    {
        var tenant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        ExecuteRequest? last = null;
        foreach (var guest in new[] { "hello", "hello", "unreachable", "hello" }) await runner.ExecuteAsync(last = await runner.RequestAsync(guest, tenant: tenant));
        await runner.RecordAsync(last!);

        await using var connection = new NpgsqlConnection(runner.Database.Owner);
        var usage = (await connection.QueryAsync(
            """
            select u.period, u.invocations, u.errors, u.duration_us, (select sum(n) from unnest(u.duration_histogram) n)::bigint as counted,
              l.invocations as log_invocations, l.errors as log_errors, l.duration_us as log_duration_us
            from extension_quota_usage u,
              (select count(*) as invocations, count(code) as errors, sum(duration_us)::bigint as duration_us from extension_execution_log where tenant_id = @tenant) l
            where u.tenant_id = @tenant
            """,
            new { tenant })).ToList();
        Assert.Equal(["day", "month"], usage.Select(row => (string)row.period).Order());
        foreach (var row in usage)
        {
            Assert.Equal(4L, row.invocations);
            Assert.Equal(1L, row.errors);
            Assert.Equal(4L, row.counted);
            Assert.Equal(row.log_invocations, row.invocations);
            Assert.Equal(row.log_errors, row.errors);
            Assert.Equal(row.log_duration_us, row.duration_us);
        }
    }
}
