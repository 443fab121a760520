using System.Net.Http.Json;
using System.Text.Json;
using Alga.Extensions.Registry.Tests.Fixtures;
using Dapper;

namespace Alga.Extensions.Registry.Tests.Lifecycle;

/// <summary>Short forms of what the tests of an install's life do again and again.</summary>
internal static class LifecycleCalls
{
    public static string Path(string name) => $"/api/tenant/installs/{name}";

    public static Task<RegistryAnswer> PostAsync(this RegistryApp app, string name, string verb, object? body = null, string? token = null, string? ifMatch = null) =>
        app.SendAsync(HttpMethod.Post, $"{Path(name)}/{verb}", token ?? app.Admin, body is null ? null : JsonContent.Create(body), ifMatch);

    public static Task<RegistryAnswer> PutAsync(this RegistryApp app, string name, string part, object body, string? token = null, string? ifMatch = null) =>
        app.SendAsync(HttpMethod.Put, $"{Path(name)}/{part}", token ?? app.Admin, JsonContent.Create(body), ifMatch);

    public static Task<RegistryAnswer> ShowAsync(this RegistryApp app, string name, string? token = null, string query = "") =>
        app.GetAsync(Path(name) + query, token ?? app.Admin);

    public static Task<RegistryAnswer> RemoveAsync(this RegistryApp app, string name, string? token = null) =>
        app.SendAsync(HttpMethod.Delete, Path(name), token ?? app.Admin);

    /// <summary>Publishes 1.0.0 of a shape under a new name and installs it.</summary>
    public static async Task<string> InstallNewAsync(this RegistryApp app, Shape? shape = null, object? grants = null, object? config = null, string policy = "pin")
    {
        var name = app.NewName();
        await (shape ?? Shape.Plain).PublishAsync(app, name, "1.0.0");
        (await app.InstallAsync(name, app.Admin, Body("1.0.0", grants, config, policy))).Is(201);
        return name;
    }

    public static object Body(string version, object? grants = null, object? config = null, string policy = "pin") =>
        new { version, grants = grants ?? new { capabilities = new[] { "storage.kv" } }, config = config ?? new { }, policy };

    /// <summary>Runs a maintenance step until it says that nothing is left; gives all reports.</summary>
    public static async Task<IReadOnlyList<JsonElement>> MaintainAsync(this RegistryApp app, string step, int limit = 100)
    {
        var reports = new List<JsonElement>();
        do
        {
            reports.Add((await app.SendAsync(HttpMethod.Post, $"/api/registry/maintenance/{step}?limit={limit}", app.Operator)).Is(200).Json);
        }
        while (reports[^1].GetProperty("more").GetBoolean());
        return reports;
    }

    /// <summary>Lets the time to restore be over.</summary>
    public static async Task AgeAsync(this RegistryApp app, string name, Guid tenant, TimeSpan? by = null)
    {
        await using var owner = await app.OpenOwnerAsync();
        await owner.ExecuteAsync(
            """
            update tenant_extension_install set purge_after = purge_after - @by where extension_id = @name and tenant_id = @tenant;
            update install_purge set purge_after = purge_after - @by where extension_id = @name and owner_id = @tenant;
            """,
            new { name, tenant, by = by ?? TimeSpan.FromDays(30) });
    }

    public static string? Text(this RegistryAnswer answer, string member) =>
        answer.Json.GetProperty(member) is { ValueKind: not JsonValueKind.Null } value ? value.ToString() : null;

    public static string[] Texts(this JsonElement element, params string[] path) =>
        [.. path.Aggregate(element, (at, member) => at.GetProperty(member)).EnumerateArray().Select(item => item.GetString()!)];
}
