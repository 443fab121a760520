using System.Globalization;
using System.Text.Json.Nodes;

namespace Alga.Extensions.Infrastructure.Tests.Scaling;

/// <summary>What a ScaledObject tells the autoscaler.</summary>
internal sealed record HpaPolicy(int Fewest, int Most, int Target, HpaRules Up, HpaRules Down)
{
    public static HpaPolicy Of(Kubernetes.Manifest scaledObject)
    {
        var behavior = scaledObject.Spec["advanced"]!["horizontalPodAutoscalerConfig"]!["behavior"]!;
        return new(
            Number(scaledObject.Spec["minReplicaCount"]),
            Number(scaledObject.Spec["maxReplicaCount"]),
            Number(scaledObject.Spec["triggers"]![0]!["metadata"]!["targetInFlight"]),
            HpaRules.Of(behavior["scaleUp"]!),
            HpaRules.Of(behavior["scaleDown"]!));
    }

    internal static int Number(JsonNode? node) => int.Parse(node!.ToString(), CultureInfo.InvariantCulture);
}

/// <summary>Rules for one direction; the policy that allows most counts.</summary>
internal sealed record HpaRules(int StabilizationSeconds, IReadOnlyList<HpaRule> Rules)
{
    public static HpaRules Of(JsonNode node) => new(
        HpaPolicy.Number(node["stabilizationWindowSeconds"]),
        [.. node["policies"]!.AsArray().Select(rule => new HpaRule(rule!["type"]!.ToString() == "Percent", HpaPolicy.Number(rule["value"]), HpaPolicy.Number(rule["periodSeconds"])))]);
}

/// <summary>So many replicas, or per cent of them, within so many seconds.</summary>
internal sealed record HpaRule(bool IsPercent, int Value, int PeriodSeconds);
