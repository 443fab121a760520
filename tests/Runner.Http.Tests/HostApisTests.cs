using System.Net;
using System.Text;
using Alga.Extensions.Contracts.Execution;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Alga.Extensions.Runner.Http.Tests;

/// <summary>Each host API from the service token through a real component to its other end and back.</summary>
public sealed class HostApisTests(RunnerFixture runner) : IClassFixture<RunnerFixture>, IAsyncLifetime
{
    private const string Canary = "canary-5f1c-value";
    private const string Address = "93.184.216.34";

    private WebApplication server = null!;
    private string received = "";

    public async Task InitializeAsync()
    {
        var certificate = runner.Authority.Issue("api.example.com", "other.example.com");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        server = builder.Build();
        server.Run(async context =>
        {
            received = context.Request.Headers.Authorization.ToString();
            if (context.Request.Path == "/redirect") context.Response.Redirect("https://other.example.com/");
            else await context.Response.WriteAsync($"got {received}");
        });
        await server.StartAsync();
        runner.Network.Serve(Address, new Uri(server.Urls.Single()).Port);
        runner.Network.Name("api.example.com", Address);
        runner.Network.Name("other.example.com", Address);
        runner.Network.Name("inside.example.com", "10.0.0.1");
        await runner.StoreSecretAsync(Canary);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_fetch_goes_out_and_its_bytes_are_accounted()
    {
        var answer = await FetchAsync("https://api.example.com/x", ["api.example.com"], new() { ["authorization"] = ["Bearer mine"] });
        Assert.Equal((200, "got Bearer mine"), (answer.Status, Text(answer)));
        Assert.InRange(answer.Usage.EgressBytes, 100, 1_000);
    }

    [Theory]
    [InlineData("https://other.example.com/", "Add \"other.example.com\" to \"egress\"")]
    [InlineData("https://inside.example.com/", "not on the public internet")]
    [InlineData("https://api.example.com/redirect", "Add \"other.example.com\" to \"egress\"")]
    [InlineData("https://127.1/", "no address")]
    [InlineData("http://api.example.com/", "starts with https://")]
    public async Task A_fetch_to_anywhere_else_is_refused_with_what_to_change(string url, string reason)
    {
        var answer = await FetchAsync(url, ["api.example.com", "inside.example.com"], []);
        Assert.Equal(599, answer.Status);
        Assert.Contains(reason, Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_is_put_into_a_header_and_neither_guest_nor_log_nor_another_origin_sees_it()
    {
        runner.Logs.Lines.Clear();
        Dictionary<string, IReadOnlyList<string>> headers = new() { ["authorization"] = ["Bearer {{secret:api-key}}"] };
        var answer = await FetchAsync("https://api.example.com/x", ["api.example.com"], headers);
        Assert.Equal("Bearer " + Canary, received);
        Assert.Equal("got Bearer [secret]", Text(answer));

        var redirected = await FetchAsync("https://api.example.com/redirect", ["api.example.com", "other.example.com"], headers);
        Assert.Equal((200, "", "got "), (redirected.Status, received, Text(redirected)));
        Assert.DoesNotContain(runner.Logs.Lines, line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Secrets_in_many_headers_are_bounded_together()
    {
        await runner.StoreSecretAsync(new string('s', 20_000), name: "long-key");
        var fits = await SendAsync(1);
        Assert.Equal(200, fits.Status);
        var answer = await SendAsync(3);
        Assert.Equal(599, answer.Status);
        Assert.Contains("send fewer secrets", Text(answer), StringComparison.Ordinal);

        async Task<ExecuteResponse> SendAsync(int times)
        {
            var request = await RequestAsync("/http", null);
            var headers = Enumerable.Range(0, times).ToDictionary(i => $"x-{i}", IReadOnlyList<string> (_) => ["{{secret:long-key}}"]);
            return await runner.ExecuteAsync(request with
            {
                Egress = ["api.example.com"],
                Secrets = [new ExecuteSecret("long-key")],
                Http = request.Http with { Endpoint = "https://api.example.com/x", Headers = headers },
            });
        }
    }

    [Fact]
    public async Task A_secret_is_read_and_taken_out_of_every_log_and_metric_and_the_database_afterwards()
    {
        runner.Logs.Lines.Clear();
        Assert.Equal(Canary, Text(await CallAsync("/Secret", "api-key")));
        Assert.Equal("api-key", Text(await CallAsync("/Names", "x")));
        await CallAsync("/log", $"the key is {Canary}", query: new() { ["field"] = [Canary], ["basic"] = [Convert.ToBase64String(Encoding.UTF8.GetBytes("u:" + Canary))] });
        await CallAsync("/metric", "canary", query: new() { ["tag"] = [Canary] });
        Assert.Contains(runner.Logs.Lines, line => line.Contains("the key is [secret]", StringComparison.Ordinal));
        Assert.DoesNotContain(runner.Logs.Lines, line => line.Contains(Canary, StringComparison.Ordinal));
        Assert.DoesNotContain(Canary, await runner.Client.GetStringAsync(new Uri("/metrics", UriKind.Relative)), StringComparison.Ordinal);
        await AssertNowhereInTheDatabaseAsync(Canary);
    }

    [Fact]
    public async Task What_the_token_does_not_say_cannot_be_used()
    {
        Assert.Contains("Add \"secrets.get\" to \"capabilities\"", Text(await CallAsync("/Secret", "api-key", change: request => request with { Providers = [] })), StringComparison.Ordinal);
        Assert.Contains("Add { \"name\": \"api-key\"", Text(await CallAsync("/Secret", "api-key", change: request => request with { Secrets = [] })), StringComparison.Ordinal);
        Assert.Contains("Add \"api.example.com\" to \"egress\"", Text(await FetchAsync("https://api.example.com/x", [], [])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_adds_hosts_or_secrets_to_its_token_is_refused()
    {
        var request = await RequestAsync("/Secret", "api-key");
        foreach (var changed in new[] { request with { Egress = ["evil.example"] }, request with { Secrets = [new ExecuteSecret("other")] } })
        {
            var bytes = RunnerFixture.Serialize(changed);
            using var response = await runner.PostAsync(bytes, runner.Token(request, bytes));
            Assert.Equal("forbidden", await RunnerFixture.CodeAsync(response));
        }
    }

    [Fact]
    public async Task An_expired_secret_is_refused_by_name()
    {
        await runner.StoreSecretAsync("old", TimeProvider.System.GetUtcNow().AddDays(-91), "aged");
        var answer = await CallAsync("/Secret", "aged", change: request => request with { Secrets = [new ExecuteSecret("aged", 90)] });
        Assert.Contains("older than the 90 days", Text(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sealed_value_that_was_tampered_with_is_a_fault_that_shows_nothing()
    {
        await runner.StoreSecretAsync("value", name: "moved");
        await runner.ExecuteAsOwnerAsync("update tenant_extension_install_secret set name = 'stolen' where name = 'moved'");
        var answer = await CallAsync("/Secret", "stolen", change: request => request with { Secrets = [new ExecuteSecret("stolen")] });
        Assert.Equal("internal", answer.Error?.Code);
        Assert.DoesNotContain("stolen", answer.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_storage_quota_reaches_the_guest_with_its_limit()
    {
        var tenant = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        await runner.ExecuteAsOwnerAsync($"insert into extension_storage_entry values ('{tenant}', '{Publisher.Extension}', 'greetings', '200', '1', 7, null, now())");
        await runner.ExecuteAsOwnerAsync($"update extension_storage_usage set max_bytes = 10 where tenant_id = '{tenant}'");
        var answer = await CallAsync("/put", "\"0123456789\"", change: request => request with
        {
            Context = request.Context with { TenantId = tenant },
            Http = request.Http with { Method = "greetings" },
        });
        Assert.Equal(599, answer.Status);
        Assert.Contains("the 10 bytes", Text(answer), StringComparison.Ordinal);
    }

    private async Task<ExecuteResponse> FetchAsync(string url, string[] egress, Dictionary<string, IReadOnlyList<string>> headers)
    {
        var request = await RequestAsync("/http", null);
        return await runner.ExecuteAsync(request with { Egress = egress, Http = request.Http with { Endpoint = url, Headers = headers, Body = null } });
    }

    private async Task<ExecuteResponse> CallAsync(
        string path, string body, Dictionary<string, IReadOnlyList<string>>? query = null, Func<ExecuteRequest, ExecuteRequest>? change = null)
    {
        var request = await RequestAsync(path, body);
        if (query is not null) request = request with { Http = request.Http with { Query = query } };
        return await runner.ExecuteAsync(change is null ? request : change(request));
    }

    private async Task<ExecuteRequest> RequestAsync(string path, string? body)
    {
        var request = await runner.RequestAsync("calls", path, body is null ? null : Encoding.UTF8.GetBytes(body));
        return request with
        {
            Providers = ["cap:storage.kv", "cap:metrics.emit", "cap:http.fetch", "cap:secrets.get"],
            Secrets = [new ExecuteSecret("api-key", 90)],
        };
    }

    private async Task AssertNowhereInTheDatabaseAsync(string text)
    {
        await using var connection = new NpgsqlConnection(runner.Database.Owner);
        await connection.OpenAsync();
        var tables = new List<string>();
        await using (var list = new NpgsqlCommand("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'public'", connection))
        await using (var reader = await list.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));
        }

        foreach (var table in tables)
        {
            await using var count = new NpgsqlCommand($"select count(*) from {table} t where strpos(t::text, $1) > 0 or strpos(t::text, $2) > 0", connection);
            count.Parameters.Add(new NpgsqlParameter<string> { TypedValue = text });
            count.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Convert.ToHexStringLower(Encoding.UTF8.GetBytes(text)) });
            Assert.Equal(0L, await count.ExecuteScalarAsync());
        }
    }

    private static string Text(ExecuteResponse response) => Encoding.UTF8.GetString(response.Body ?? []);
}
