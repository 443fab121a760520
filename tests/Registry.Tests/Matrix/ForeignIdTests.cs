using System.Net.Http.Json;
using Alga.Extensions.Registry.Routes;
using Alga.Extensions.Registry.Tests.Fixtures;
using Dapper;

namespace Alga.Extensions.Registry.Tests.Matrix;

/// <summary>
/// Ids below something that the caller has: a tenant with the same extension, or with another one of its own, uses the ids of things that are not below
/// it. <see cref="AccessMatrixTests"/> has the callers who have nothing.
/// </summary>
public sealed class ForeignIdTests(AccessMatrixTests.Target target) : IClassFixture<AccessMatrixTests.Target>
{
    private const string Absent = "019cdfa6-ec00-7000-8000-0000000ab5e7";

    /// <summary>Parameters that name a whole thing, of which the matrix takes care, or a part that everybody may have under the same name.</summary>
    private static readonly string[] NotBelow = ["name", "version", "publisher", "tenant", "plan", "schedule", "secret"];

    public static TheoryData<string> WithIds => [.. RegistryRoutes.All.Where(route => Id(route) is "deliveryId" or "executionId").Select(route => route.Operation)];

    public static TheoryData<string> WithKeys => [.. RegistryRoutes.All.Where(route => Id(route) == "keyId").Select(route => route.Operation)];

    [Fact]
    public void Every_kind_of_id_in_a_path_has_its_test_here() =>
        Assert.Equal(["deliveryId", "executionId", "keyId"], RegistryRoutes.All.SelectMany(route => route.Parameters).Except(NotBelow).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(WithIds))]
    public async Task Another_tenants_id_is_one_that_is_not_there_also_to_who_has_the_same_extension(string operation)
    {
        var route = Find(operation);
        var name = await target.CreateAsync();
        (await target.App.InstallAsync(name, target.App.OtherAdmin, new { version = "1.0.0" })).Is(201);
        var before = await StateAsync(name);

        var foreign = (await SendAsync(route, Samples.Path(route, name), target.App.OtherAdmin)).Is(404, "not_found");
        var absent = (await SendAsync(route, With(route, name, Absent), target.App.OtherAdmin)).Is(404, "not_found");

        Assert.Equal(absent.Detail, foreign.Detail);
        Assert.Equal(absent.ETag, foreign.ETag);
        Assert.Equal(before, await StateAsync(name));
    }

    [Theory]
    [MemberData(nameof(WithIds))]
    public async Task An_id_of_another_extension_of_the_same_tenant_is_one_that_is_not_there(string operation)
    {
        var route = Find(operation);
        var (name, other) = (await target.CreateAsync(), await target.CreateAsync());
        // One execution of the tests is there for every extension; this one is for the other alone.
        var path = Id(route) == "executionId" && operation == "registry.executions.get" ? With(route, name, await OwnExecutionAsync(other)) : With(route, name, Samples.DeliveryOf(other).ToString());
        var before = await StateAsync(other);

        var foreign = (await SendAsync(route, path, target.App.Admin)).Is(404, "not_found");

        Assert.Equal((await SendAsync(route, With(route, name, Absent), target.App.Admin)).Detail, foreign.Detail);
        Assert.Equal(before, await StateAsync(other));
    }

    [Theory]
    [MemberData(nameof(WithIds))]
    public async Task An_id_has_one_spelling_in_either_case(string operation)
    {
        var route = Find(operation);
        var name = await target.CreateAsync();
        var id = Samples.Path(route, name).Split('/').Single(part => Guid.TryParseExact(part, "D", out _));
        foreach (var spelling in new[] { $"%7B{id}%7D", $"%20{id}", $"{id}%20", $"{id}%0a", $"{id}.", $"+{id[1..]}", id.Replace("-", "", StringComparison.Ordinal), $"{id}%C2%A0" })
        {
            (await SendAsync(route, With(route, name, spelling), target.App.Admin)).Is(400, "invalid_request");
        }

        Assert.Equal(200, (await SendAsync(route, With(route, name, id.ToUpperInvariant()), target.App.Admin)).Status);
    }

    [Theory]
    [MemberData(nameof(WithKeys))]
    public async Task Another_publishers_key_under_ones_own_name_stays_what_it_is_for_the_other(string operation)
    {
        var route = Find(operation);
        var keys = (await target.App.GetAsync("/api/registry/publishers/acme/keys", target.App.Operator)).Is(200).Text;

        await SendAsync(route, Samples.Path(route, target.Name).Replace("/acme/", "/globex/", StringComparison.Ordinal), target.App.OtherDeveloper);

        Assert.Equal(keys, (await target.App.GetAsync("/api/registry/publishers/acme/keys", target.App.Operator)).Is(200).Text);
    }

    [Fact]
    public async Task A_body_that_names_another_tenant_is_refused()
    {
        var name = await target.CreateAsync();
        foreach (var member in new[] { "tenantId", "tenant_id", "tenant", "installId" })
        {
            var body = new Dictionary<string, object> { ["version"] = "1.0.0", [member] = RegistryApp.Globex };
            (await target.App.SendAsync(HttpMethod.Put, $"/api/tenant/installs/{name}", target.App.Admin, JsonContent.Create(body))).Is(400, "invalid_request");
        }
    }

    private static string? Id(RegistryRoute route) => route.Parameters.Except(NotBelow).SingleOrDefault();

    private static RegistryRoute Find(string operation) => RegistryRoutes.All.Single(route => route.Operation == operation);

    private static string With(RegistryRoute route, string name, string id) =>
        $"/api/{route.Template.Replace("{name}", name, StringComparison.Ordinal).Replace($"{{{Id(route)}}}", id, StringComparison.Ordinal)}";

    private async Task<RegistryAnswer> SendAsync(RegistryRoute route, string path, string token) =>
        await target.App.SendAsync(new HttpMethod(route.Method), path, token, await Samples.BodyAsync(target.App, route, target.Name));

    private async Task<string> OwnExecutionAsync(string name)
    {
        await using var owner = await target.App.OpenOwnerAsync();
        var id = Guid.CreateVersion7(DateTimeOffset.UnixEpoch.AddMilliseconds(0x019cdfa6ec00));
        await owner.ExecuteAsync(
            """
            insert into extension_execution_log (tenant_id, started_at, execution_id, request_id, extension_id, install_id, version_id, version,
              method, endpoint, status, duration_us, queue_us, fuel, memory_bytes, egress_bytes)
            values (@Acme, @at, @id, @id, @name, @id, @id, '1.0.0', 'GET', '/hello', 200, 0, 0, 0, 0, 0)
            """,
            new { RegistryApp.Acme, at = DateTime.UnixEpoch.AddMilliseconds(0x019cdfa6ec00), id, name });
        return id.ToString();
    }

    /// <summary>What an attempt with a foreign id could have changed.</summary>
    private async Task<string> StateAsync(string name)
    {
        await using var owner = await target.App.OpenOwnerAsync();
        return await owner.ExecuteScalarAsync<string>(
            """
            select string_agg(d.delivery_id || d.status || d.attempts, ',' order by d.delivery_id) || (select count(*) from audit_log where tenant_id = @Acme and action like 'delivery.%') || (select count(*) from execution_recording)
            from extension_event_delivery d join tenant_extension_install i using (tenant_id, install_id) where i.tenant_id = @Acme and i.extension_id = @name
            """,
            new { RegistryApp.Acme, name }) ?? "";
    }
}
