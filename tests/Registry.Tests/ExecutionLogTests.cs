using System.Buffers.Text;
using System.Text.Json;
using Alga.Extensions.Registry.Executions;
using Alga.Extensions.Registry.Tests.Fixtures;
using CsCheck;
using Dapper;

namespace Alga.Extensions.Registry.Tests;

public sealed class ExecutionLogTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    private static readonly DateTime Noon = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Paging_gives_each_execution_exactly_once_newest_first_while_new_ones_arrive()
    {
        var name = await InstallAsync();
        var ids = new List<Guid>();
        // Several in one microsecond, and across days.
        for (var i = 0; i < 25; i++) ids.Add(await AddAsync(name, Noon.AddHours(i / 4 * 5)));

        var seen = new List<JsonElement>();
        for (string? cursor = null; ;)
        {
            var page = (await GetAsync(name, $"?limit=4{(cursor is null ? "" : "&cursor=" + cursor)}")).Is(200).Json;
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, 4);
            seen.AddRange(page.GetProperty("items").EnumerateArray());
            await AddAsync(name, Noon.AddDays(30));
            if ((cursor = page.GetProperty("nextCursor").GetString()) is null) break;
        }

        Assert.Equal(ids.Order(), seen.Select(Id).Order());
        Assert.Equal(seen.Select(item => item.GetProperty("startedAt").GetDateTime()).OrderDescending(), seen.Select(item => item.GetProperty("startedAt").GetDateTime()));
    }

    [Fact]
    public async Task Filters_give_what_they_say()
    {
        var name = await InstallAsync();
        var fine = await AddAsync(name, Noon);
        var slow = await AddAsync(name, Noon.AddMinutes(1), status: 504, code: "timeout", endpoint: "/slow");
        var gone = await AddAsync(name, Noon.AddMinutes(2), status: 499, code: "cancelled", user: "grace");
        var missing = await AddAsync(name, Noon.AddMinutes(3), status: 404);

        Assert.Equal([slow], await IdsAsync(name, "?status=504"));
        Assert.Equal([slow], await IdsAsync(name, "?status=5xx"));
        Assert.Equal([missing, gone], await IdsAsync(name, "?status=4xx"));
        Assert.Equal([slow], await IdsAsync(name, "?code=timeout"));
        Assert.Equal([gone], await IdsAsync(name, "?code=cancelled"));
        Assert.Equal([slow], await IdsAsync(name, "?endpoint=%2Fslow"));
        Assert.Equal([gone], await IdsAsync(name, "?user=grace"));
        Assert.Equal([gone, slow], await IdsAsync(name, "?from=2026-03-01T12:01:00Z&to=2026-03-01T12:03:00Z"));
        Assert.Equal([slow, fine], await IdsAsync(name, "?to=2026-03-01T14:02:00%2B02:00"));
        Assert.Empty(await IdsAsync(name, "?user=grace&code=timeout"));
        Assert.Empty(await IdsAsync(name, "?user=' or true --"));
    }

    [Fact]
    public async Task One_execution_shows_its_log_lines()
    {
        var name = await InstallAsync();
        var id = await AddAsync(name, Noon, logs: """[{"atUs":5,"level":"info","message":"a\u0000b"}]""");
        var silent = await AddAsync(name, Noon);

        var details = (await GetAsync(name, "/" + id)).Is(200).Json;
        Assert.Equal("a\0b", details.GetProperty("logs")[0].GetProperty("message").GetString());
        Assert.True(details.GetProperty("hasLogs").GetBoolean());
        Assert.Equal(0, (await GetAsync(name, "/" + silent)).Is(200).Json.GetProperty("logs").GetArrayLength());
        Assert.DoesNotContain("level", (await GetAsync(name, "")).Is(200).Text, StringComparison.Ordinal);
        (await GetAsync(name, $"/{Guid.CreateVersion7(Noon)}")).Is(404, "not_found");
        (await GetAsync(name, $"/{Guid.AllBitsSet}")).Is(404, "not_found");
        (await GetAsync(name, $"/{id:N}")).Is(400, "invalid_request");
        (await GetAsync(name, "/x")).Is(400, "invalid_request");
    }

    [Fact]
    public async Task Another_tenant_sees_nothing_of_it_and_a_user_may_not_look()
    {
        var name = await InstallAsync();
        var id = await AddAsync(name, Noon);
        foreach (var path in new[] { "executions", $"executions/{id}", "usage" })
        {
            (await app.GetAsync($"/api/tenant/installs/{name}/{path}", app.OtherAdmin)).Is(404, "extension_not_installed");
            (await app.GetAsync($"/api/tenant/installs/{name}/{path}", app.User)).Is(403, "forbidden");
            (await app.GetAsync($"/api/tenant/installs/{name}/{path}", app.Developer)).Is(403, "forbidden");
            Assert.InRange((await app.GetAsync($"/api/tenant/installs/{name}/{path}", app.NilTenantAdmin)).Status, 401, 403);
            (await app.GetAsync($"/api/tenant/installs/{name}/{path}", null)).Is(401, "unauthenticated");
        }

        (await app.InstallAsync(name, app.OtherAdmin, new { version = "1.0.0" })).Is(201);
        Assert.Equal(0, (await app.GetAsync($"/api/tenant/installs/{name}/executions", app.OtherAdmin)).Is(200).Json.GetProperty("items").GetArrayLength());
        (await app.GetAsync($"/api/tenant/installs/{name}/executions/{id}", app.OtherAdmin)).Is(404, "not_found");
        Assert.Equal(0, (await app.GetAsync($"/api/tenant/installs/{name}/usage?from=2026-03-01&to=2026-03-02", app.OtherAdmin)).Is(200).Json.GetProperty("totals").GetProperty("invocations").GetInt64());
    }

    [Theory]
    [InlineData("status=99")]
    [InlineData("status=6xx")]
    [InlineData("status=abc")]
    [InlineData("code=nothing")]
    [InlineData("from=yesterday")]
    [InlineData("from=2026-03-01")]
    [InlineData("from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z")]
    [InlineData("to=1999-01-01T00:00:00Z")]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=5&limit=6")]
    [InlineData("limit=")]
    [InlineData("endpoint=%00")]
    [InlineData("colour=red")]
    [InlineData("cursor=x")]
    [InlineData("cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("cursor=__________________________________8")]
    [InlineData("cursor=' or 1=1 --")]
    public async Task A_list_asked_for_wrongly_is_refused(string query) =>
        (await GetAsync("com.acme.nothing", "?" + query)).Is(400, "invalid_request");

    [Fact]
    public void Whatever_is_sent_as_a_cursor_is_a_cursor_or_refused()
    {
        Gen.Long[DateTime.UnixEpoch.Ticks, DateTime.MaxValue.Ticks].Select(Gen.Guid).Sample((ticks, id) =>
        {
            var cursor = new ExecutionCursor(new DateTime(ticks, DateTimeKind.Utc), id);
            Assert.True(ExecutionCursor.TryParse(cursor.ToString(), out var parsed));
            Assert.Equal(cursor, parsed);
        });
        Gen.Byte.Array[0, 40].Sample(bytes =>
        {
            if (ExecutionCursor.TryParse(Base64Url.EncodeToString(bytes), out var parsed)) Assert.Equal(Base64Url.EncodeToString(bytes), parsed.ToString());
        });
        Gen.String.Sample(text => { _ = ExecutionCursor.TryParse(text, out _); });
    }

    [Fact]
    public async Task A_cursor_of_another_list_is_only_a_place_in_time()
    {
        var name = await InstallAsync();
        var id = await AddAsync(name, Noon);
        Assert.Equal([id], await IdsAsync(name, "?cursor=" + new ExecutionCursor(Noon.AddYears(7_900), Guid.Empty)));
        Assert.Empty(await IdsAsync(name, "?cursor=" + new ExecutionCursor(Noon.AddHours(-1), Guid.AllBitsSet)));
    }

    private async Task<string> InstallAsync()
    {
        var bundle = await app.PublishNewAsync();
        (await app.InstallAsync(bundle.Name, app.Admin, new { version = "1.0.0" })).Is(201);
        return bundle.Name;
    }

    private Task<RegistryAnswer> GetAsync(string name, string rest) => app.GetAsync($"/api/tenant/installs/{name}/executions{rest}", app.Admin);

    private async Task<IReadOnlyList<Guid>> IdsAsync(string name, string query) =>
        [.. (await GetAsync(name, query)).Is(200).Json.GetProperty("items").EnumerateArray().Select(Id)];

    private static Guid Id(JsonElement item) => item.GetProperty("executionId").GetGuid();

    private async Task<Guid> AddAsync(string name, DateTime at, int status = 200, string? code = null, string endpoint = "/hello", string user = "ada", string? logs = null)
    {
        var id = Guid.CreateVersion7(at);
        await using var owner = await app.OpenOwnerAsync();
        await owner.ExecuteAsync(
            """
            insert into extension_execution_log (tenant_id, started_at, execution_id, request_id, extension_id, install_id, version_id, version,
              method, endpoint, user_id, status, code, duration_us, queue_us, fuel, memory_bytes, egress_bytes, logs)
            values (@tenant, @at, @id, @id, @name, @id, @id, '1.0.0', 'GET', @endpoint, @user, @status, @code, 5, 6, 7, 8, 9, @logs::json)
            """,
            new { tenant = RegistryApp.Acme, at, id, name, endpoint, user, status, code, logs });
        return id;
    }
}
