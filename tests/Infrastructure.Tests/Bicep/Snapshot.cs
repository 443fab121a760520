using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alga.Extensions.Infrastructure.Tests.Bicep;

/// <summary>What a deployment of one environment would make, as the compiler foresees it.</summary>
internal sealed class Snapshot
{
    /// <summary>The parameter files, <c>main.{name}.bicepparam</c>.</summary>
    public static readonly IReadOnlyList<string> Environments = ["dev", "prod", "kubernetes"];

    private readonly JsonObject root;

    private Snapshot(string environment)
    {
        Environment = environment;
        Text = Repository.Read("infra", "bicep", $"main.{environment}.snapshot.json");
        root = JsonNode.Parse(Text, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false })!.AsObject();
        Resources = [.. root["predictedResources"]!.AsArray().Select(node => new Resource(node!.AsObject()))];
    }

    public string Environment { get; }

    /// <summary>The file.</summary>
    public string Text { get; }

    public IReadOnlyList<Resource> Resources { get; }

    public static Snapshot Of(string environment) => new(environment);

    /// <summary>Resources of one type, compared without case.</summary>
    public IReadOnlyList<Resource> All(string type) =>
        [.. Resources.Where(resource => resource.Type.Equals(type, StringComparison.OrdinalIgnoreCase))];

    /// <summary>Each output's name and its value as JSON.</summary>
    public IEnumerable<(string Name, string Value)> Outputs =>
        root["outputs"]!.AsObject().Select(output => (output.Key, output.Value!.ToJsonString()));

    /// <summary>Environment variables of a service: what an app's settings or its container has.</summary>
    /// <param name="component">registry, gateway, runner or setup.</param>
    /// <returns>Empty when this environment does not run it.</returns>
    public IReadOnlyDictionary<string, string> VariablesOf(string component)
    {
        var name = $"-{component}";
        var settings = All("Microsoft.Web/sites/config").SingleOrDefault(resource => resource.Name.Contains(name + "-", StringComparison.Ordinal));
        if (settings is not null) return settings.Properties.ToDictionary(pair => pair.Key, pair => pair.Value!.GetValue<string>(), StringComparer.Ordinal);
        var container = All("Microsoft.App/containerApps").Concat(All("Microsoft.App/jobs"))
            .SingleOrDefault(resource => resource.Name.EndsWith(name, StringComparison.Ordinal));
        return container is null ? new Dictionary<string, string>() : container.Environment;
    }
}

/// <summary>One resource of a snapshot.</summary>
internal sealed class Resource(JsonObject json)
{
    public string Type => json["type"]!.GetValue<string>();

    public string Name => json["name"]!.GetValue<string>();

    public string Id => json["id"]?.GetValue<string>() ?? "";

    /// <summary>Of a role assignment or a diagnostic setting: the resource that it is about.</summary>
    public string Scope => Id.StartsWith("[extensionResourceId('", StringComparison.Ordinal) ? Id.Split('\'')[1] : Id;

    public JsonObject Properties => json["properties"]!.AsObject();

    public JsonObject Json => json;

    /// <summary>Value at a path of names and indexes, such as <c>siteConfig/minTlsVersion</c>; null when it is not there.</summary>
    public JsonNode? At(string path)
    {
        JsonNode? node = Properties;
        foreach (var segment in path.Split('/'))
        {
            node = node switch
            {
                JsonArray array => array[int.Parse(segment, provider: null)],
                JsonObject @object => @object[segment],
                _ => null,
            };
        }

        return node;
    }

    public string? Text(string path) => At(path)?.ToString();

    public bool Is(string path) => At(path)?.GetValue<bool>() ?? false;

    public IReadOnlyDictionary<string, string> Environment => At("template/containers/0/env")!.AsArray()
        .ToDictionary(item => item!["name"]!.GetValue<string>(), item => item!["value"]!.GetValue<string>(), StringComparer.Ordinal);

    public override string ToString() => $"{Type} {Name}";
}
