using System.Text;
using System.Text.Json;
using Alga.Extensions.Registry.Tests.Fixtures;
using Alga.Extensions.Signing;

namespace Alga.Extensions.Registry.Tests.Lifecycle;

/// <summary>What a version asks for and declares, in the parts that upgrades are about.</summary>
internal sealed record Shape
{
    public string[] Capabilities { get; init; } = ["storage.kv"];

    public string[] Egress { get; init; } = [];

    public string[] Secrets { get; init; } = [];

    public string[] Endpoints { get; init; } = ["/hello"];

    /// <summary>Topics; a filter follows after a blank.</summary>
    public string[] Events { get; init; } = [];

    /// <summary>Name, cron line and, after an @, a time zone: <c>nightly=0 3 * * *@Europe/Berlin</c>. Each calls the event handler.</summary>
    public string[] Schedules { get; init; } = [];

    /// <summary>A JSON Schema.</summary>
    public string? Config { get; init; }

    public static Shape Plain { get; } = new();

    /// <summary>Asks for a capability and a host on top.</summary>
    public static Shape Greedy { get; } = new() { Capabilities = ["storage.kv", "http.fetch"], Egress = ["api.example.com"] };

    private string Manifest(string name, string version) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["manifestVersion"] = 2,
        ["name"] = name,
        ["publisher"] = "acme",
        ["version"] = version,
        ["displayName"] = "Test",
        ["description"] = "For tests.",
        ["runtime"] = "wasm-component@2",
        ["entry"] = "dist/main.wasm",
        ["capabilities"] = Capabilities,
        ["egress"] = Egress,
        ["secrets"] = Secrets.Select(secret => new { name = secret, description = "A secret.", required = false }),
        ["storage"] = new { namespaces = Capabilities.Contains("storage.kv") ? new[] { "default" } : [] },
        ["api"] = new { endpoints = Endpoints.Select(path => new { method = "GET", path }) },
        ["events"] = Events.Select(topic => topic.Split(' ') is [var only, var filter]
            ? new Dictionary<string, object> { ["topic"] = only, ["filter"] = JsonElement.Parse(filter) }
            : new Dictionary<string, object> { ["topic"] = topic }),
        ["schedules"] = Schedules.Select(schedule => schedule.Split('=', '@')).Select(parts => new
        {
            name = parts[0],
            cron = parts[1],
            timeZone = parts.ElementAtOrDefault(2) ?? "UTC",
            topic = "jobs." + parts[0],
        }),
        ["config"] = Config is null ? new { type = "object" } : JsonElement.Parse(Config),
    });

    /// <summary>Publishes a version of this shape; the name is registered where it is new.</summary>
    public async Task<TestBundle> PublishAsync(RegistryApp app, string name, string version)
    {
        await app.RegisterAsync(name, app.Developer);
        var bundle = await TestBundle.PackFilesAsync(
            name, version, "acme", ("dist/main.wasm", TestBundle.EmptyComponent), ("manifest.json", Encoding.UTF8.GetBytes(Manifest(name, version))));
        var statement = BundleStatement.Of(
            BundleStatement.DefaultRegistry, "acme", name, version, bundle.Contents.Hash, bundle.Contents.SizeBytes,
            [.. bundle.Contents.Index.Files.Select(file => new SignedFile(file.Path, file.Sha256))], Capabilities);
        var published = await app.PublishAsync(bundle, TestBundle.Sign(app.Key, statement), app.Developer);
        Assert.True(published.Status == 201, published.Text);
        return bundle;
    }
}
