using System.Text;
using Alga.Extensions.Contracts.Execution;
using Alga.Extensions.Runner.Recordings;
using Alga.Extensions.Secrets;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>Recordings as the runner leaves them in the database, opened with the tenant's key.</summary>
public sealed class RecordingTests(RunnerFixture runner) : IClassFixture<RunnerFixture>, IAsyncLifetime
{
    private const string Canary = "canary-9c27-value";
    private const string NeverRead = "canary-never-read";

    private static readonly ExecuteRecording Always = new(OnlyErrors: false, KeepDays: 7);
    private static readonly ExecuteRecording OnError = new(OnlyErrors: true, KeepDays: 7);

    public async Task InitializeAsync()
    {
        await runner.InstallAsync();
        await runner.StoreSecretAsync(Canary);
        await runner.StoreSecretAsync(NeverRead, name: "other");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task An_execution_that_is_to_be_recorded_can_be_read_with_the_tenants_key()
    {
        var request = await RequestAsync("/scan", "", Always);
        var answer = await runner.ExecuteAsync(request);

        var recording = await OpenAsync(request);

        Assert.Equal(request.Context.ContentHash, recording.ContentHash);
        Assert.Equal("/scan", recording.Request!.Path);
        Assert.Equal("storage.scan", Assert.Single(recording.Calls).Name);
        Assert.Equal(answer.Status, recording.End.Status);
    }

    [Fact]
    public async Task Without_consent_nothing_is_recorded()
    {
        var silent = await RequestAsync("/get", "k", recording: null);
        await runner.ExecuteAsync(silent);
        var recorded = await RequestAsync("/get", "k", Always);
        await runner.ExecuteAsync(recorded);

        // Recordings are written in order: what comes after is there, so what came before would be.
        await OpenAsync(recorded);
        Assert.False(await IsRecordedAsync(silent));
    }

    [Fact]
    public async Task On_error_only_what_failed_is_kept()
    {
        var fine = await RequestAsync("/get", "missing", OnError);
        Assert.Equal(404, (await runner.ExecuteAsync(fine)).Status);
        var failed = await RequestAsync("/get", "k", OnError) with { Providers = [] };
        Assert.Equal(599, (await runner.ExecuteAsync(failed)).Status);
        var trapped = await runner.RequestAsync("unreachable") with { Recording = OnError };
        await runner.ExecuteAsync(trapped);

        Assert.Equal("guest_trap", (await OpenAsync(trapped)).End.Code);
        Assert.Equal(599, (await OpenAsync(failed)).End.Status);
        Assert.False(await IsRecordedAsync(fine));
    }

    [Fact]
    public async Task No_secret_is_in_a_recording_whether_the_extension_read_it_or_the_caller_sent_it()
    {
        var read = await RequestAsync("/Secret", "api-key", Always);
        Assert.Equal(Canary, Encoding.UTF8.GetString((await runner.ExecuteAsync(read)).Body!));
        var sent = await RequestAsync("/put", $"\"{NeverRead} {Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary))}\"", Always);
        await runner.ExecuteAsync(sent);

        foreach (var request in new[] { read, sent })
        {
            var json = Encoding.UTF8.GetString(await OpenJsonAsync(request));
            Assert.DoesNotContain(Canary, json, StringComparison.Ordinal);
            Assert.DoesNotContain(NeverRead, json, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary))[..16], json, StringComparison.Ordinal);
            Assert.Contains(ExecutionRecorder.SecretPlaceholder, json, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_stored_is_sealed()
    {
        var request = await RequestAsync("/put", "\"plain-text-canary\"", Always);
        await runner.ExecuteAsync(request);
        await OpenAsync(request);

        var row = (await FindAsync(request))!;
        Assert.DoesNotContain("plain-text-canary", Encoding.Latin1.GetString((byte[])row.@sealed), StringComparison.Ordinal);
        var expires = (DateTime)row.expires_at;
        Assert.Equal(7, (int)Math.Round((expires - (DateTime)row.recorded_at).TotalDays));
    }

    [Fact]
    public async Task An_execution_that_is_too_large_leaves_no_recording_and_answers_all_the_same()
    {
        var large = await runner.RequestAsync("echo", body: Encoding.UTF8.GetBytes(new string('x', Recording.MaxBytes))) with { Recording = Always };
        Assert.Equal(200, (await runner.ExecuteAsync(large)).Status);
        var after = await RequestAsync("/get", "k", Always);
        await runner.ExecuteAsync(after);

        await OpenAsync(after);
        Assert.False(await IsRecordedAsync(large));
    }

    [Fact]
    public async Task A_recording_that_cannot_be_stored_fails_no_request()
    {
        // No such install, so the database refuses it.
        var request = await RequestAsync("/get", "k", Always) is var known
            ? known with { Context = known.Context with { TenantId = RunnerFixture.Globex } }
            : null!;
        Assert.Null((await runner.ExecuteAsync(request)).Error);
        var after = await RequestAsync("/get", "k", Always);
        await runner.ExecuteAsync(after);

        await OpenAsync(after);
        Assert.False(await IsRecordedAsync(request));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public async Task A_time_to_keep_that_nobody_may_ask_for_is_refused(int days) =>
        Assert.Equal("invalid_request", await runner.RefuseAsync(await RequestAsync("/get", "k", new ExecuteRecording(false, days))));

    private async Task<ExecuteRequest> RequestAsync(string path, string body, ExecuteRecording? recording)
    {
        var request = await runner.RequestAsync("calls", path, Encoding.UTF8.GetBytes(body));
        return request with
        {
            // Of this guest it is the namespace.
            Http = request.Http with { Method = "notes" },
            Providers = ["cap:storage.kv", "cap:secrets.get"],
            Secrets = [new ExecuteSecret("api-key")],
            Recording = recording,
        };
    }

    private async Task<Recording> OpenAsync(ExecuteRequest request) => RecordingJson.Read(await OpenJsonAsync(request));

    private async Task<byte[]> OpenJsonAsync(ExecuteRequest request)
    {
        dynamic? row;
        while ((row = await FindAsync(request)) is null) await Task.Delay(50);
        var binding = new RecordingBinding(RunnerFixture.Acme, RunnerFixture.InstallId, (Guid)row.execution_id, new DateTimeOffset((DateTime)row.expires_at));
        Assert.Null(RecordingSeal.Open(runner.TenantKey, binding with { TenantId = RunnerFixture.Globex }, (byte[])row.@sealed));
        return RecordingSeal.Open(runner.TenantKey, binding, (byte[])row.@sealed)!;
    }

    private async Task<bool> IsRecordedAsync(ExecuteRequest request)
    {
        await runner.RecordAsync(request);
        return await FindAsync(request) is not null;
    }

    private async Task<dynamic?> FindAsync(ExecuteRequest request)
    {
        await using var connection = new NpgsqlConnection(runner.Database.Owner);
        return await connection.QuerySingleOrDefaultAsync(
            "select r.* from execution_recording r join extension_execution_log l using (tenant_id, execution_id) where l.request_id = @id", new { id = request.Context.RequestId });
    }
}
