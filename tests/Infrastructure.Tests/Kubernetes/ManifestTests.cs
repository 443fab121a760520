using System.Text.Json;
using k8s;
using k8s.Models;
using NJsonSchema;

namespace Alga.Extensions.Infrastructure.Tests.Kubernetes;

/// <summary>Every manifest of every overlay has the shape of its kind, and no field that the kind does not know.</summary>
public sealed class ManifestTests
{
    private static readonly Dictionary<string, Type> CoreTypes = new(StringComparer.Ordinal)
    {
        ["v1/Namespace"] = typeof(V1Namespace),
        ["v1/ConfigMap"] = typeof(V1ConfigMap),
        ["v1/Service"] = typeof(V1Service),
        ["v1/ServiceAccount"] = typeof(V1ServiceAccount),
        ["apps/v1/Deployment"] = typeof(V1Deployment),
        ["policy/v1/PodDisruptionBudget"] = typeof(V1PodDisruptionBudget),
        ["networking.k8s.io/v1/NetworkPolicy"] = typeof(V1NetworkPolicy),
    };

    // The fields that these manifests use, as the definitions of KEDA 2.18, cert-manager and the Prometheus operator have them.
    private static readonly Dictionary<string, string> Schemas = new(StringComparer.Ordinal)
    {
        ["keda.sh/v1alpha1/ScaledObject"] = "keda.sh-v1alpha1-ScaledObject.json",
        ["keda.sh/v1alpha1/TriggerAuthentication"] = "keda.sh-v1alpha1-TriggerAuthentication.json",
        ["cert-manager.io/v1/Certificate"] = "cert-manager.io-v1-Certificate.json",
        ["cert-manager.io/v1/Issuer"] = "cert-manager.io-v1-Issuer.json",
        ["monitoring.coreos.com/v1/PodMonitor"] = "PodMonitor.json",
        ["azmonitoring.coreos.com/v1/PodMonitor"] = "PodMonitor.json",
    };

    public static TheoryData<string> Overlays => [.. Kustomization.Overlays];

    [Theory]
    [MemberData(nameof(Overlays))]
    public async Task Each_manifest_is_what_its_kind_allows(string overlay)
    {
        List<string> faults = [];
        foreach (var manifest in Kustomization.BuildOverlay(overlay)) faults.AddRange(await FindFaultsAsync(manifest));

        Assert.Empty(faults);
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Names_are_unique_and_everything_is_in_one_namespace(string overlay)
    {
        var manifests = Kustomization.BuildOverlay(overlay);

        Assert.Equal(manifests.Count, manifests.Select(manifest => manifest.ToString()).Distinct(StringComparer.Ordinal).Count());
        Assert.All(manifests.Where(manifest => manifest.Kind != "Namespace"), manifest =>
            Assert.Equal("alga-extensions", manifest.Json["metadata"]!["namespace"]?.ToString()));
    }

    [Theory]
    [InlineData("Deployment", "spec/template/spec/terminationGracePeriodSecond", "30")]
    [InlineData("Deployment", "spec/template/spec/securityContext/runAsNonroot", "true")]
    [InlineData("NetworkPolicy", "spec/egres", "[]")]
    [InlineData("ScaledObject", "spec/minReplicas", "1")]
    [InlineData("ScaledObject", "spec/fallback/behaviour", "\"static\"")]
    [InlineData("TriggerAuthentication", "spec/secretTargetRefs", "[]")]
    [InlineData("PodMonitor", "spec/endpoints", "[]")]
    [InlineData("Certificate", "spec/dnsName", "\"x\"")]
    public async Task A_misspelt_field_is_found(string kind, string path, string value)
    {
        var manifest = Kustomization.BuildOverlay("azure").First(manifest => manifest.Kind == kind);
        var parts = path.Split('/');
        var parent = parts[..^1].Aggregate((System.Text.Json.Nodes.JsonNode)manifest.Json, (node, part) => node[part]!);
        parent[parts[^1]] = System.Text.Json.Nodes.JsonNode.Parse(value);

        Assert.NotEmpty(await FindFaultsAsync(manifest));
    }

    private static async Task<IEnumerable<string>> FindFaultsAsync(Manifest manifest)
    {
        var kind = $"{manifest.ApiVersion}/{manifest.Kind}";
        var text = manifest.Json.ToJsonString();
        if (Schemas.TryGetValue(kind, out var file))
        {
            var schema = await JsonSchema.FromFileAsync(Repository.Path("tests", "Infrastructure.Tests", "Kubernetes", "Schemas", file));
            return schema.Validate(text).Select(fault => $"{manifest}: {fault}");
        }

        if (!CoreTypes.TryGetValue(kind, out var type)) return [$"{manifest}: {kind} is not known here."];
        try
        {
            _ = typeof(KubernetesYaml).GetMethod(nameof(KubernetesYaml.Deserialize), 1, [typeof(string), typeof(bool)])!.MakeGenericMethod(type).Invoke(null, [text, true]);
            return [];
        }
        catch (System.Reflection.TargetInvocationException exception) when (exception.InnerException is JsonException or YamlDotNet.Core.YamlException)
        {
            return [$"{manifest}: {exception.InnerException.Message}"];
        }
    }
}
