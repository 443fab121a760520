using System.Text.Json;

namespace Alga.Extensions.LocalFunctions;

/// <summary>What is read of <c>host.json</c>.</summary>
internal static class HostJson
{
    /// <summary>The route prefix, without slashes; the Azure host's default is <c>api</c>.</summary>
    /// <exception cref="InvalidOperationException">The file is not beside the program.</exception>
    public static string ReadRoutePrefix(string folder)
    {
        var path = Path.Combine(folder, "host.json");
        if (!File.Exists(path))
        {
            throw new InvalidOperationException($"host.json is not in {folder}: the Azure host would find no functions. Link it as functions/Directory.Build.targets does.");
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        return document.RootElement.TryGetProperty("extensions", out var extensions)
            && extensions.TryGetProperty("http", out var http)
            && http.TryGetProperty("routePrefix", out var prefix)
            ? prefix.GetString()!.Trim('/')
            : "api";
    }
}
