using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Infrastructure.Tests.Kubernetes;

/// <summary>What a pod may do, whom it may talk to, and how it ends.</summary>
public sealed class HardeningTests
{
    private static readonly IReadOnlyList<Manifest> Manifests = Kustomization.BuildOverlay("azure");

    public static TheoryData<string> Deployments => [.. Manifests.Where(manifest => manifest.Kind == "Deployment").Select(manifest => manifest.Name)];

    [Theory]
    [MemberData(nameof(Deployments))]
    public void A_pod_has_no_rights_that_it_does_not_need(string name)
    {
        var deployment = Deployment(name);
        var pod = deployment.Pod["securityContext"]!;
        var container = deployment.Container["securityContext"]!;

        Assert.Equal("true", pod["runAsNonRoot"]!.ToString());
        Assert.True(Number(pod["runAsUser"]) >= 10_000);
        Assert.Equal("RuntimeDefault", pod["seccompProfile"]!["type"]!.ToString());
        Assert.Equal("true", container["readOnlyRootFilesystem"]!.ToString());
        Assert.Equal("false", container["allowPrivilegeEscalation"]!.ToString());
        Assert.Equal("false", container["privileged"]!.ToString());
        Assert.Equal(["ALL"], container["capabilities"]!["drop"]!.AsArray().Select(capability => capability!.ToString()));
        Assert.Null(container["capabilities"]!["add"]);
        Assert.Equal("false", deployment.Pod["automountServiceAccountToken"]!.ToString());
        Assert.All(["hostNetwork", "hostPID", "hostIPC"], field => Assert.Null(deployment.Pod[field]));
        Assert.DoesNotContain(deployment.Pod["volumes"]!.AsArray(), volume => volume!["hostPath"] is not null);
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void A_pod_is_bounded_and_what_it_writes_too(string name)
    {
        var deployment = Deployment(name);
        var resources = deployment.Container["resources"]!;

        Assert.All(["cpu", "memory", "ephemeral-storage"], resource =>
        {
            Assert.NotNull(resources["requests"]![resource]);
            Assert.NotNull(resources["limits"]![resource]);
        });
        Assert.All(deployment.Pod["volumes"]!.AsArray().Where(volume => volume!["emptyDir"] is not null), volume => Assert.NotNull(volume!["emptyDir"]!["sizeLimit"]));
        Assert.All(deployment.Container["volumeMounts"]!.AsArray(), mount => Assert.Contains(deployment.Pod["volumes"]!.AsArray(), volume => volume!["name"]!.ToString() == mount!["name"]!.ToString()));
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void A_pod_is_asked_how_it_is(string name) =>
        Assert.All(["startupProbe", "readinessProbe", "livenessProbe"], probe =>
        {
            var port = Deployment(name).Container[probe]!["httpGet"]!["port"]!.ToString();
            Assert.Contains(Deployment(name).Container["ports"]!.AsArray(), known => known!["name"]!.ToString() == port);
        });

    [Fact]
    public void A_runner_that_is_ended_may_finish_what_runs()
    {
        var runner = Deployment("alga-runner");
        var pause = Number(runner.Container["lifecycle"]!["preStop"]!["sleep"]!["seconds"]);

        // The drain (2 s by default), the longest guest, 5 s to answer, twice 8 s for records: the runner's own patience.
        Assert.True(Number(runner.Pod["terminationGracePeriodSeconds"]) * 1000 >= (pause * 1000) + 2_000 + PlatformLimits.MaxTimeoutMs + 5_000 + 16_000);
        Assert.Null(runner.Spec["replicas"]);
    }

    [Theory]
    [InlineData("169.254.169.254", "the cloud's metadata")]
    [InlineData("168.63.129.16", "the cloud's platform service")]
    [InlineData("10.42.1.1", "the network")]
    [InlineData("172.17.0.1", "a private network")]
    [InlineData("192.168.1.1", "a private network")]
    [InlineData("100.64.0.1", "a carrier's network")]
    [InlineData("127.0.0.1", "the node itself")]
    public void No_pod_reaches_an_address_that_is_none_of_its_business(string address, string reason)
    {
        Assert.All(Manifests.Where(manifest => manifest.Kind == "NetworkPolicy"), policy =>
        {
            var reached = Blocks(policy, "egress").Any(block =>
                IPNetwork.Parse(block["cidr"]!.ToString()).Contains(IPAddress.Parse(address))
                && !(block["except"]?.AsArray() ?? []).Any(except => IPNetwork.Parse(except!.ToString()).Contains(IPAddress.Parse(address))));
            Assert.False(reached, $"{policy} reaches {reason} at {address}");
        });
    }

    [Fact]
    public void What_no_policy_names_is_denied_both_ways()
    {
        var everything = Manifests.Single(manifest => manifest.Kind == "NetworkPolicy" && manifest.Name == "deny-all");

        Assert.Empty(everything.Spec["podSelector"]!.AsObject());
        Assert.Equal(["Ingress", "Egress"], everything.Spec["policyTypes"]!.AsArray().Select(type => type!.ToString()));
        Assert.Null(everything.Spec["ingress"]);
        Assert.Null(everything.Spec["egress"]);
    }

    [Fact]
    public void Every_way_in_and_out_names_peers_and_ports()
    {
        var rules = Manifests.Where(manifest => manifest.Kind == "NetworkPolicy")
            .SelectMany(policy => Rules(policy, "ingress").Select(rule => (Rule: rule, Peers: "from")).Concat(Rules(policy, "egress").Select(rule => (Rule: rule, Peers: "to"))))
            .ToList();

        Assert.NotEmpty(rules);
        Assert.All(rules, entry =>
        {
            Assert.NotEmpty(entry.Rule[entry.Peers]!.AsArray());
            Assert.NotEmpty(entry.Rule["ports"]!.AsArray());
        });
        Assert.DoesNotContain(Manifests.Where(manifest => manifest.Kind == "NetworkPolicy").SelectMany(policy => Blocks(policy, "ingress")), block => block["cidr"]!.ToString() == "0.0.0.0/0");
    }

    [Theory]
    [InlineData("Service", "selector")]
    [InlineData("PodDisruptionBudget", "selector/matchLabels")]
    [InlineData("PodMonitor", "selector/matchLabels")]
    public void Selectors_find_pods(string kind, string path)
    {
        var manifests = Manifests.Where(manifest => manifest.Kind == kind).ToList();

        Assert.NotEmpty(manifests);
        Assert.All(manifests, manifest => Assert.Single(Manifests.Where(other => other.Kind == "Deployment"), deployment => Selects(
            path.Split('/').Aggregate(manifest.Spec, (node, part) => node[part]!).AsObject(), deployment)));
    }

    [Theory]
    [MemberData(nameof(Deployments))]
    public void A_deployment_manages_its_own_pods_and_has_a_network_policy(string name)
    {
        var deployment = Deployment(name);

        Assert.True(Selects(deployment.Spec["selector"]!["matchLabels"]!.AsObject(), deployment));
        Assert.Contains(Manifests, manifest => manifest.Kind == "NetworkPolicy" && manifest.Spec["podSelector"]!["matchLabels"] is JsonObject labels && Selects(labels, deployment));
        Assert.Contains(Manifests, manifest => manifest.Kind == "ServiceAccount" && manifest.Name == deployment.Pod["serviceAccountName"]!.ToString());
        Assert.All(deployment.Container["envFrom"]!.AsArray(), source => Assert.Contains(Manifests, manifest => manifest.Kind == "ConfigMap" && manifest.Name == source!["configMapRef"]!["name"]!.ToString()));
    }

    [Fact]
    public void Secrets_that_are_mounted_or_shown_are_made_by_certificates()
    {
        var made = Manifests.Where(manifest => manifest.Kind == "Certificate").Select(certificate => certificate.Spec["secretName"]!.ToString()).ToList();
        var used = Manifests.Where(manifest => manifest.Kind == "Deployment").SelectMany(deployment => deployment.Pod["volumes"]!.AsArray())
            .Select(volume => volume!["secret"]?["secretName"]?.ToString()).OfType<string>()
            .Concat(Manifests.Where(manifest => manifest.Kind == "TriggerAuthentication").SelectMany(authentication => authentication.Spec["secretTargetRef"]!.AsArray()).Select(reference => reference!["name"]!.ToString()))
            .Distinct(StringComparer.Ordinal).ToList();

        Assert.Equal(2, used.Count);
        Assert.Empty(used.Except(made, StringComparer.Ordinal));
        Assert.DoesNotContain(Manifests, manifest => manifest.Kind == "Secret");
    }

    private static Manifest Deployment(string name) => Manifests.Single(manifest => manifest.Kind == "Deployment" && manifest.Name == name);

    private static bool Selects(JsonObject labels, Manifest deployment)
    {
        var own = deployment.Spec["template"]!["metadata"]!["labels"]!;
        return labels.Count > 0 && labels.All(label => own[label.Key]?.ToString() == label.Value!.ToString());
    }

    private static IEnumerable<JsonNode> Rules(Manifest policy, string direction) => (policy.Spec[direction]?.AsArray() ?? []).OfType<JsonNode>();

    private static IEnumerable<JsonNode> Blocks(Manifest policy, string direction) => Rules(policy, direction)
        .SelectMany(rule => rule[direction == "egress" ? "to" : "from"]!.AsArray())
        .Select(peer => peer!["ipBlock"]).OfType<JsonNode>();

    private static int Number(JsonNode? node) => int.Parse(node!.ToString(), CultureInfo.InvariantCulture);
}
