using System.Net.Http.Json;
using System.Text.Json;
using Alga.Extensions.Registry.Tests.Fixtures;
using Dapper;

namespace Alga.Extensions.Registry.Tests;

/// <summary>Plans and quotas over HTTP.</summary>
public sealed class QuotaTests(RegistryApp app) : IClassFixture<RegistryApp>
{
    private static readonly object Small = new { tenant = new { requestsPerSecond = 5.5, burst = 10, concurrency = 3, monthlyInvocations = 1000, monthlyEgressBytes = 5_000_000_000 }, extension = new { concurrency = 2 } };

    [Fact]
    public async Task A_plan_is_made_read_listed_changed_and_deleted()
    {
        var path = NewPlan(out var plan);
        var made = (await PutAsync(path, Small)).Is(201);
        var read = (await app.GetAsync(path, app.Operator)).Is(200);
        Assert.Equal((made.ETag, made.Text), (read.ETag, read.Text));
        Assert.Equal((5.5, 5_000_000_000), (read.Json.GetProperty("tenant").GetProperty("requestsPerSecond").GetDouble(), read.Json.GetProperty("tenant").GetProperty("monthlyEgressBytes").GetInt64()));
        Assert.Equal(JsonValueKind.Null, read.Json.GetProperty("extension").GetProperty("burst").ValueKind);
        var names = (await app.GetAsync("/api/registry/plans", app.Operator)).Is(200).Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("plan").GetString()).ToList();
        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.Contains("default", names);
        Assert.Contains(plan, names);

        var changed = (await PutAsync(path, new { tenant = new { }, extension = new { } }, read.ETag)).Is(200);
        Assert.NotEqual(read.ETag, changed.ETag);
        (await app.SendAsync(HttpMethod.Delete, path, app.Operator, ifMatch: changed.ETag)).Is(204);
        (await app.GetAsync(path, app.Operator)).Is(404, "not_found");

        var audit = (await app.GetAsync($"/api/registry/audit?target={plan}", app.Operator)).Is(200).Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("action").GetString());
        Assert.Equal(["plan.delete", "plan.change", "plan.create"], audit);
    }

    [Fact]
    public async Task Of_two_operators_the_one_who_saw_an_older_state_is_told()
    {
        var path = NewPlan(out _);
        var seen = (await PutAsync(path, Small)).Is(201).ETag;
        (await PutAsync(path, new { tenant = new { burst = 1 }, extension = new { } }, seen)).Is(200);

        (await PutAsync(path, new { tenant = new { burst = 2 }, extension = new { } }, seen)).Is(412, "precondition_failed");
        (await app.SendAsync(HttpMethod.Delete, path, app.Operator, ifMatch: seen)).Is(412, "precondition_failed");
        Assert.Equal(1, (await app.GetAsync(path, app.Operator)).Json.GetProperty("tenant").GetProperty("burst").GetInt32());

        var quota = NewTenant(out _);
        var before = (await app.GetAsync(quota, app.Operator)).Is(200).ETag;
        (await PutAsync(quota, new { limits = new { burst = 1 } }, before)).Is(200);
        (await PutAsync(quota + "/com.acme.reports", new { burst = 2 }, before)).Is(412, "precondition_failed");
    }

    [Fact]
    public async Task Of_many_who_make_the_same_plan_at_once_one_makes_it()
    {
        var path = NewPlan(out _);
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PutAsync(path, Small)));
        Assert.Single(answers, answer => answer.Status == 201);
        Assert.Equal(5, answers.Count(answer => answer.Status == 200));
    }

    [Fact]
    public async Task A_plan_that_a_tenant_has_and_the_default_one_stay()
    {
        var path = NewPlan(out var plan);
        (await PutAsync(path, Small)).Is(201);
        var quota = NewTenant(out _);
        (await PutAsync(quota, new { plan })).Is(200);
        (await app.SendAsync(HttpMethod.Delete, path, app.Operator)).Is(409, "conflict");
        (await app.SendAsync(HttpMethod.Delete, "/api/registry/plans/default", app.Operator)).Is(409, "conflict");
        (await app.SendAsync(HttpMethod.Delete, quota, app.Operator)).Is(200);
        (await app.SendAsync(HttpMethod.Delete, path, app.Operator)).Is(204);
    }

    [Theory]
    [InlineData("""{"tenant":{"requestsPerSecond":0},"extension":{}}""")]
    [InlineData("""{"tenant":{"requestsPerSecond":1000001},"extension":{}}""")]
    [InlineData("""{"tenant":{"burst":0},"extension":{}}""")]
    [InlineData("""{"tenant":{},"extension":{"concurrency":-1}}""")]
    [InlineData("""{"tenant":{},"extension":{"monthlyInvocations":-1}}""")]
    [InlineData("""{"tenant":{},"extension":{"monthlyEgressBytes":9007199254740993}}""")]
    [InlineData("""{"tenant":{},"extension":{"monthlyEgressBytes":1e400}}""")]
    [InlineData("""{"tenant":{}}""")]
    [InlineData("""{"tenant":{},"extension":{},"more":1}""")]
    public async Task Limits_out_of_their_range_and_unknown_members_are_refused(string body)
    {
        var path = NewPlan(out _);
        (await app.SendAsync(HttpMethod.Put, path, app.Operator, new StringContent(body, System.Text.Encoding.UTF8, "application/json"))).Is(400, "invalid_request");
        (await app.GetAsync(path, app.Operator)).Is(404, "not_found");
    }

    [Theory]
    [InlineData("Upper")]
    [InlineData("-first")]
    [InlineData("with.dot")]
    public async Task A_plan_has_a_plain_name(string name) => (await PutAsync("/api/registry/plans/" + name, Small)).Is(400, "invalid_request");

    [Fact]
    public async Task What_differs_for_a_tenant_and_an_extension_is_set_and_taken_back_and_the_tenant_can_read_who_did_it()
    {
        var path = NewTenant(out var tenant);
        var empty = (await app.GetAsync(path, app.Operator)).Is(200).Json;
        Assert.Equal(("default", 0), (empty.GetProperty("plan").GetString(), empty.GetProperty("extensions").GetArrayLength()));
        (await PutAsync(path, new { limits = new { burst = 7 } })).Is(200);
        var both = (await PutAsync(path + "/com.acme.reports", new { monthlyEgressBytes = 10 })).Is(200).Json;
        Assert.Equal(7, both.GetProperty("limits").GetProperty("burst").GetInt32());
        Assert.Equal("com.acme.reports", both.GetProperty("extensions")[0].GetProperty("name").GetString());

        (await app.SendAsync(HttpMethod.Delete, path, app.Operator)).Is(200);
        var rest = (await app.SendAsync(HttpMethod.Delete, path + "/com.acme.reports", app.Operator)).Is(200).Json;
        Assert.Equal((JsonValueKind.Null, 0), (rest.GetProperty("limits").GetProperty("burst").ValueKind, rest.GetProperty("extensions").GetArrayLength()));

        var log = (await app.GetAsync("/api/tenant/audit?action=quota.change", app.Token("admin", tenant, ["tenant_admin"]))).Is(200).Json.GetProperty("items");
        Assert.Equal(4, log.GetArrayLength());
        Assert.EndsWith("#olivia", log[0].GetProperty("actor").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not-a-uuid", "")]
    [InlineData("00000000-0000-0000-0000-000000000000", "")]
    public async Task Only_a_tenant_has_a_quota(string tenant, string rest) =>
        (await app.GetAsync($"/api/registry/tenants/{tenant}/quota{rest}", app.Operator)).Is(404, "not_found");

    [Fact]
    public async Task A_tenant_gets_no_plan_that_is_not_there_and_no_quota_for_what_is_no_name()
    {
        var path = NewTenant(out _);
        (await PutAsync(path, new { plan = "nowhere" })).Is(400, "invalid_request");
        (await PutAsync(path + "/*", new { burst = 1 })).Is(404, "not_found");
        Assert.Equal(0, (await app.GetAsync(path, app.Operator)).Json.GetProperty("extensions").GetArrayLength());
    }

    [Fact]
    public async Task An_admin_sees_what_holds_and_what_was_used_and_nothing_of_other_tenants()
    {
        var bundle = await app.PublishNewAsync();
        NewTenant(out var tenant);
        var admin = app.Token("admin", tenant, ["tenant_admin"]);
        (await app.InstallAsync(bundle.Name, admin, new { version = "1.0.0" })).Is(201);
        (await PutAsync($"/api/registry/tenants/{tenant}/quota", new { limits = new { monthlyInvocations = 500 } })).Is(200);
        (await PutAsync($"/api/registry/tenants/{tenant}/quota/{bundle.Name}", new { monthlyEgressBytes = 10_000 })).Is(200);
        await using (var owner = await app.OpenOwnerAsync())
        {
            await owner.ExecuteAsync(
                """
                insert into quota_bucket values
                  (@tenant, '*', 1, now(), date_trunc('month', now() at time zone 'utc')::date, 42),
                  (@tenant, @name, 1, now(), date_trunc('month', (now() - interval '40 days') at time zone 'utc')::date, 99),
                  (@other, '*', 1, now(), date_trunc('month', now() at time zone 'utc')::date, 7);
                insert into extension_quota_usage
                select t, e, 'month', (date_trunc('month', now() at time zone 'utc'))::date, 1, 0, 0, bytes, 0, 0, array_fill(0::bigint, array[15])
                from (values (@tenant, @name, 600), (@tenant, 'com.acme.gone', 30), (@other, @name, 5000)) as u (t, e, bytes);
                """,
                new { tenant, other = Guid.CreateVersion7(), name = bundle.Name });
        }

        var quotas = (await app.GetAsync("/api/tenant/quotas", admin)).Is(200).Json;
        var whole = quotas.GetProperty("tenant");
        Assert.Equal(("default", 500, 42, 630), (quotas.GetProperty("plan").GetString(), whole.GetProperty("limits").GetProperty("monthlyInvocations").GetInt64(), whole.GetProperty("invocations").GetInt64(), whole.GetProperty("egressBytes").GetInt64()));
        var one = Assert.Single(quotas.GetProperty("extensions").EnumerateArray());
        var use = one.GetProperty("use");
        Assert.Equal((bundle.Name, 10_000, 0, 600), (one.GetProperty("name").GetString(), use.GetProperty("limits").GetProperty("monthlyEgressBytes").GetInt64(), use.GetProperty("invocations").GetInt64(), use.GetProperty("egressBytes").GetInt64()));
        Assert.Equal(100, use.GetProperty("limits").GetProperty("requestsPerSecond").GetDouble());
    }

    private static string NewPlan(out string plan)
    {
        plan = "plan-" + Guid.CreateVersion7().ToString("N");
        return "/api/registry/plans/" + plan;
    }

    private static string NewTenant(out Guid tenant)
    {
        tenant = Guid.CreateVersion7();
        return $"/api/registry/tenants/{tenant}/quota";
    }

    private Task<RegistryAnswer> PutAsync(string path, object body, string? ifMatch = null) => app.SendAsync(HttpMethod.Put, path, app.Operator, JsonContent.Create(body), ifMatch);
}
