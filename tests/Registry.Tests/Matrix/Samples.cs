using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Alga.Extensions.Registry.Routes;
using Alga.Extensions.Registry.Tests.Fixtures;
using Alga.Extensions.Signing;

namespace Alga.Extensions.Registry.Tests.Matrix;

/// <summary>
/// Good requests to the routes that want more than a path. A route that is missing here is tried with <c>{}</c>: then whoever may call it gets anything but
/// 401, 403 or 404.
/// </summary>
internal static class Samples
{
    private static readonly SigningKey Retiring = SigningKey.Create();
    private static readonly SigningKey Compromised = SigningKey.Create();

    private static readonly Dictionary<string, Func<RegistryApp, string, Task<HttpContent>>> Bodies = new(StringComparer.Ordinal)
    {
        ["registry.extensions.register"] = (app, _) => Json(new { name = app.NewName(), publisher = "acme" }),
        ["registry.extensions.deprecate"] = (_, _) => Json(new { message = "Use another." }),
        ["registry.versions.publish"] = PublishAsync,
        ["registry.versions.yank"] = (_, _) => Json(new { reason = "Broken." }),
        ["registry.versions.revoke"] = (_, _) => Json(new { reason = "It leaks." }),
        ["registry.versions.restore"] = (_, _) => Json(new { reason = "It does not." }),
        ["registry.index.advance"] = (_, _) => Json(new { atLeast = 1, reason = "Restored from a backup." }),
        ["registry.keys.add"] = (_, _) => AddKeyAsync(),
        ["registry.keys.compromise"] = (_, _) => Json(new { since = "2026-01-01T00:00:00Z" }),
        ["registry.installs.put"] = (_, _) => Json(new { version = "1.0.0" }),
        ["registry.installs.upgrade"] = (_, _) => Json(new { version = "1.0.0" }),
        ["registry.installs.config"] = (_, _) => Json(new { greeting = "Hi" }),
        ["registry.installs.grants"] = (_, _) => Json(new { capabilities = new[] { "storage.kv" } }),
        ["registry.plans.put"] = (_, _) => Json(new { tenant = new { burst = 7 }, extension = new { } }),
        ["registry.hostorigins.put"] = (_, _) => Json(new { origins = new[] { "https://portal.acme.example" } }),
        ["registry.tenantquota.put"] = (_, _) => Json(new { plan = "default", limits = new { burst = 7 } }),
        ["registry.tenantquota.extension.put"] = (_, _) => Json(new { burst = 7 }),
        ["registry.installs.policy"] = (_, _) => Json(new { policy = "minor" }),
    };

    /// <summary>An execution that each extension of the tests has.</summary>
    public static readonly Guid Execution = Guid.Parse("019cdfa6-ec00-7000-8000-00000000e8ec");

    /// <summary>A dead delivery that each extension of the tests has.</summary>
    public static Guid DeliveryOf(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    private static readonly Dictionary<(string Operation, string Parameter), string> Values = new()
    {
        [("registry.versions.publish", "version")] = "1.0.1",
        [("registry.executions.get", "executionId")] = Execution.ToString(),
        [("registry.keys.retire", "keyId")] = Retiring.Public.KeyId,
        [("registry.keys.compromise", "keyId")] = Compromised.Public.KeyId,
    };

    /// <summary>Adds the keys that are retired and compromised again and again.</summary>
    public static async Task PrepareAsync(RegistryApp app)
    {
        foreach (var key in new[] { Retiring, Compromised })
        {
            using var body = AddKey(key);
            (await app.SendAsync(HttpMethod.Post, "/api/registry/publishers/acme/keys", app.Developer, body)).Is(201);
        }
    }

    /// <summary>These want a state that a new install is not in, and then are a conflict to who may call them.</summary>
    private static readonly HashSet<string> NotYet = ["registry.installs.reject", "registry.installs.promote", "registry.installs.abort"];

    public static bool Has(RegistryRoute route) => !NotYet.Contains(route.Operation) && (Bodies.ContainsKey(route.Operation) || (route.Body is null && route.Parts.Count == 0));

    /// <summary>A body, null for a route that takes none.</summary>
    public static async Task<HttpContent?> BodyAsync(RegistryApp app, RegistryRoute route, string name)
    {
        if (Bodies.TryGetValue(route.Operation, out var make)) return await make(app, name);
        return route.Body is null && route.Parts.Count == 0 ? null : JsonContent.Create(new { });
    }

    /// <summary>The path for an extension and what belongs to it.</summary>
    public static string Path(RegistryRoute route, string name)
    {
        var path = "/api/" + route.Template;
        foreach (var parameter in route.Parameters)
        {
            var value = Values.TryGetValue((route.Operation, parameter), out var own) ? own : parameter switch
            {
                "name" => name,
                "version" => "1.0.0",
                "publisher" => "acme",
                "tenant" => RegistryApp.Acme.ToString(),
                "deliveryId" => DeliveryOf(name).ToString(),
                _ => "sample",
            };
            path = path.Replace($"{{{parameter}}}", value, StringComparison.Ordinal);
        }

        return path;
    }

    private static Task<HttpContent> AddKeyAsync() => Task.FromResult<HttpContent>(AddKey(SigningKey.Create()));

    private static JsonContent AddKey(SigningKey key)
    {
        var proof = EnvelopeSigner.Sign(KeyProof.Of(BundleStatement.DefaultRegistry, "acme", key.Public, TimeProvider.System.GetUtcNow()), key);
        Assert.True(proof.TryGet(out var envelope, out var refusal), refusal?.Message);
        return JsonContent.Create(new { publicKey = key.Public.ToPem(), proof = envelope });
    }

    private static Task<HttpContent> Json(object body) => Task.FromResult<HttpContent>(JsonContent.Create(body));

    private static async Task<HttpContent> PublishAsync(RegistryApp app, string name)
    {
        var bundle = await TestBundle.PackAsync(name, "1.0.1");
        return new MultipartFormDataContent { { new ByteArrayContent(bundle.Sign(app.Key)), "envelope" }, { new ByteArrayContent(bundle.Bytes), "bundle" } };
    }
}
