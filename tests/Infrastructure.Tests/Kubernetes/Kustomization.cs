using System.Text.Json.Nodes;

namespace Alga.Extensions.Infrastructure.Tests.Kubernetes;

/// <summary>
/// Builds a folder of <c>keda/</c> as <c>kubectl kustomize</c> does, of which it knows just what the folders use: resources,
/// components, JSON patches and images. Anything else in a kustomization is an error here.
/// </summary>
internal static class Kustomization
{
    private static readonly string[] Known = ["apiVersion", "kind", "namespace", "resources", "components", "images", "patches"];

    /// <summary>The overlays that can be applied to a cluster.</summary>
    public static readonly IReadOnlyList<string> Overlays = ["azure", "prometheus", "scale-to-zero"];

    /// <summary>All resources of an overlay.</summary>
    public static IReadOnlyList<Manifest> BuildOverlay(string name) => [.. Build(Repository.Path("keda", "overlays", name)).Select(json => new Manifest(json))];

    private static List<JsonObject> Build(string folder)
    {
        var kustomization = Yaml.ReadAll(Path.Combine(folder, "kustomization.yaml")).Single().AsObject();
        foreach (var (name, _) in kustomization)
        {
            if (!Known.Contains(name)) throw new NotSupportedException($"{folder}: {name}");
        }

        List<JsonObject> resources = [];
        foreach (var entry in Texts(kustomization["resources"]).Concat(Texts(kustomization["components"])))
        {
            var path = Path.GetFullPath(Path.Combine(folder, entry));
            if (Directory.Exists(path)) resources.AddRange(Build(path));
            else resources.AddRange(Yaml.ReadAll(path).Select(document => document.AsObject()));
        }

        foreach (var patch in kustomization["patches"]?.AsArray() ?? []) Apply(resources, folder, patch!);
        foreach (var image in kustomization["images"]?.AsArray() ?? []) Rename(resources, image!);
        return resources;
    }

    private static void Apply(List<JsonObject> resources, string folder, JsonNode patch)
    {
        var target = patch["target"]!;
        var matching = resources.Where(resource =>
            resource["kind"]!.ToString() == target["kind"]!.ToString()
            && (target["name"] is not { } name || resource["metadata"]!["name"]!.ToString() == name.ToString())).ToList();
        if (matching.Count == 0) throw new InvalidOperationException($"{folder}: a patch changes nothing: {target.ToJsonString()}");
        var operations = Yaml.ReadAll(Path.Combine(folder, patch["path"]!.ToString())).Single().AsArray();
        foreach (var resource in matching)
        {
            foreach (var operation in operations) Apply(resource, operation!);
        }
    }

    private static void Apply(JsonObject resource, JsonNode operation)
    {
        var path = operation["path"]!.ToString().TrimStart('/').Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)).ToArray();
        JsonNode parent = resource;
        foreach (var part in path[..^1]) parent = (parent is JsonArray array ? array[int.Parse(part, provider: null)] : parent[part]) ?? throw new InvalidOperationException($"No {operation["path"]} in {resource["kind"]}.");
        var exists = parent.AsObject().ContainsKey(path[^1]);
        switch (operation["op"]!.ToString())
        {
            case "replace" when exists:
            case "add":
                parent[path[^1]] = operation["value"]!.DeepClone();
                break;
            default:
                throw new NotSupportedException(operation.ToJsonString());
        }
    }

    private static void Rename(List<JsonObject> resources, JsonNode image)
    {
        foreach (var container in resources.Where(resource => resource["kind"]!.ToString() == "Deployment").SelectMany(deployment => deployment["spec"]!["template"]!["spec"]!["containers"]!.AsArray()))
        {
            if (container!["image"]!.ToString() == image["name"]!.ToString()) container["image"] = $"{image["newName"]}:{image["newTag"]}";
        }
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node?.AsArray().Select(item => item!.ToString()) ?? [];
}
