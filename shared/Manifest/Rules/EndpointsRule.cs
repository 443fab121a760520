using System.Text.RegularExpressions;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>api.endpoints</c> are methods and templates of which no two answer the same requests.</summary>
internal static partial class EndpointsRule
{
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    public static IReadOnlyList<ManifestEndpoint> Read(Section root)
    {
        if (root.Object("api") is not { } api) return [];
        api.RefuseOthers("endpoints");
        var endpoints = new List<ManifestEndpoint>();
        var shapes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var section in api.Objects("endpoints", maxCount: 200))
        {
            if (ReadEndpoint(section) is not { } endpoint) continue;
            var shape = $"{endpoint.Method} {endpoint.Path.Shape}";
            if (shapes.TryAdd(shape, endpoint.Path.Text)) endpoints.Add(endpoint);
            else section.Fault("path", $"{endpoint.Method} {endpoint.Path.Text} answers the same requests as {shapes[shape]}; keep one");
        }

        return endpoints;
    }

    private static ManifestEndpoint? ReadEndpoint(Section section)
    {
        section.RefuseOthers("method", "path", "handler", "timeoutMs", "roles", "maxBodyBytes");
        // Accepted for manifests written for the original system, and ignored.
        section.Text("handler", maxLength: 255);
        var method = section.RequiredText("method", maxLength: 16);
        if (method is not null && !Methods.Contains(method))
        {
            section.Fault("method", $"must be one of {string.Join(", ", Methods)}");
            method = null;
        }

        var path = ReadPath(section);
        var timeout = section.Number("timeoutMs", 1, PlatformLimits.MaxTimeoutMs);
        var maxBody = section.Number("maxBodyBytes", 0, PlatformLimits.MaxTextBodyBytes);
        var roles = section.Texts("roles", maxCount: 20, maxLength: 64, role => Role().IsMatch(role) ? null : "must be letters, digits, '.', ':', '_' or '-'");
        if (section.IsEmptyList("roles")) section.Fault("roles", "is empty, so nobody could call; name a role, or leave roles out for every user");
        return method is null || path is null ? null : new(method, path, timeout, roles, maxBody);
    }

    private static RouteTemplate? ReadPath(Section section)
    {
        if (section.RequiredText("path", RouteTemplate.MaxLength) is not { } text) return null;
        if (RouteTemplate.TryParse(text, out var template, out var problem)) return template;
        section.Fault("path", problem);
        return null;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_.:-]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Role();
}
