using System.Globalization;
using System.Text.RegularExpressions;

namespace Alga.Extensions.Infrastructure.Tests.Kubernetes;

/// <summary>Rules of KEDA's admission webhook, and what each trigger reads of its metadata.</summary>
public sealed partial class ScalingTests
{
    // Parameters by trigger: required, and others. KEDA ignores what it does not know, so a slip would be silent.
    private static readonly Dictionary<string, (string[] Required, string[] Optional)> Triggers = new(StringComparer.Ordinal)
    {
        // The last two are our scaler's own.
        ["external-push"] = (["scalerAddress", "targetInFlight"], ["enableTLS", "unsafeSsl", "silence"]),
        ["prometheus"] = (["serverAddress", "query", "threshold"], ["activationThreshold", "namespace", "ignoreNullValues", "unsafeSsl", "timeout"]),
    };

    public static TheoryData<string> Overlays => [.. Kustomization.Overlays];

    [Theory]
    [MemberData(nameof(Overlays))]
    public void The_webhook_would_let_it_in(string overlay)
    {
        var scaled = ScaledObject(overlay);
        var fewest = Number(scaled.Spec["minReplicaCount"]);
        var triggers = scaled.Spec["triggers"]!.AsArray();

        Assert.True(fewest <= Number(scaled.Spec["maxReplicaCount"]));
        Assert.True(scaled.Spec["idleReplicaCount"] is null || Number(scaled.Spec["idleReplicaCount"]) < fewest);
        Assert.Equal(triggers.Count, triggers.Select(trigger => trigger!["name"]!.ToString()).Distinct(StringComparer.Ordinal).Count());
        Assert.True($"keda-hpa-{scaled.Name}".Length <= 63);
        Assert.True(Number(scaled.Spec["fallback"]!["replicas"]) >= 0);
        // A fallback needs a metric for each replica.
        Assert.Contains(triggers, trigger => trigger!["type"]!.ToString() is not ("cpu" or "memory") && trigger["metricType"]!.ToString() == "AverageValue");
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void Triggers_say_what_they_are_asked_and_nothing_else(string overlay)
    {
        Assert.All(ScaledObject(overlay).Spec["triggers"]!.AsArray(), trigger =>
        {
            var (required, optional) = Triggers[trigger!["type"]!.ToString()];
            var given = trigger["metadata"]!.AsObject().Select(pair => pair.Key).ToList();
            Assert.Empty(required.Except(given, StringComparer.Ordinal));
            Assert.Empty(given.Except(required, StringComparer.Ordinal).Except(optional, StringComparer.Ordinal));
        });
    }

    [Theory]
    [InlineData("azure", 2, "unknown")]
    [InlineData("scale-to-zero", 0, "idle")]
    public void Silence_is_no_load_only_where_there_may_be_nobody(string overlay, int fewest, string silence)
    {
        var scaled = ScaledObject(overlay);
        var metadata = scaled.Spec["triggers"]![0]!["metadata"]!;

        Assert.Equal(fewest, Number(scaled.Spec["minReplicaCount"]));
        Assert.Equal(silence, metadata["silence"]!.ToString());
        Assert.Equal("true", metadata["enableTLS"]!.ToString());
        Assert.Null(metadata["unsafeSsl"]);
    }

    [Fact]
    public void The_query_asks_for_metrics_that_the_runner_serves()
    {
        var query = ScaledObject("prometheus").Spec["triggers"]![0]!["metadata"]!["query"]!.ToString();
        var documented = Repository.Read("docs", "metrics.md");

        var names = MetricName().Matches(query).Select(match => match.Value).ToList();
        Assert.Equal(2, names.Count);
        Assert.All(names, name => Assert.Contains($"| `{name}` | gauge |", documented, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Overlays))]
    public void What_a_trigger_refers_to_is_there(string overlay)
    {
        var manifests = Kustomization.BuildOverlay(overlay);
        var scaled = ScaledObject(overlay);
        var target = scaled.Spec["scaleTargetRef"]!;

        Assert.Contains(manifests, manifest => manifest.ApiVersion == target["apiVersion"]!.ToString() && manifest.Kind == target["kind"]!.ToString() && manifest.Name == target["name"]!.ToString());
        Assert.All(scaled.Spec["triggers"]!.AsArray(), trigger =>
            Assert.Contains(manifests, manifest => manifest.Kind == "TriggerAuthentication" && manifest.Name == trigger!["authenticationRef"]!["name"]!.ToString()));
    }

    [Fact]
    public void KEDA_asks_at_an_address_that_the_scaler_has()
    {
        var manifests = Kustomization.BuildOverlay("azure");
        var address = ScaledObject("azure").Spec["triggers"]![0]!["metadata"]!["scalerAddress"]!.ToString().Split(':');
        var service = manifests.Single(manifest => manifest.Kind == "Service" && $"{manifest.Name}.alga-extensions.svc" == address[0]);
        var certificate = manifests.Single(manifest => manifest.Kind == "Certificate" && manifest.Name == "alga-scaler-tls");

        Assert.Contains(service.Spec["ports"]!.AsArray(), port => port!["name"]!.ToString() == "grpc" && port["port"]!.ToString() == address[1]);
        Assert.Equal([address[0]], certificate.Spec["dnsNames"]!.AsArray().Select(name => name!.ToString()));
    }

    internal static Manifest ScaledObject(string overlay) => Kustomization.BuildOverlay(overlay).Single(manifest => manifest.Kind == "ScaledObject");

    private static int Number(System.Text.Json.Nodes.JsonNode? node) => int.Parse(node!.ToString(), CultureInfo.InvariantCulture);

    [GeneratedRegex("alga_[a-z_]+")]
    private static partial Regex MetricName();
}
