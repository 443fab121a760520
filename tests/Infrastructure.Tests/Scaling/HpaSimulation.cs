namespace Alga.Extensions.Infrastructure.Tests.Scaling;

/// <summary>
/// The autoscaler's formula, as Kubernetes documents it for a metric with an average value: within a tenth of the target
/// nothing changes, else the replicas are the load divided by the target, rounded up; then stabilisation, the rules of the
/// direction, and the bounds.
/// </summary>
internal static class HpaSimulation
{
    public const int SyncSeconds = 15;
    private const double Tolerance = 0.1;

    /// <summary>Replicas after each look, one every <see cref="SyncSeconds"/>.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="load">In flight, second by second.</param>
    public static IReadOnlyList<(int Second, int InFlight, int Replicas)> Run(HpaPolicy policy, IReadOnlyList<int> load)
    {
        List<(int Second, int InFlight, int Replicas)> history = [];
        List<(int Second, int Wanted)> wishes = [];
        List<(int Second, int Change)> changes = [];
        var replicas = policy.Fewest;
        for (var second = 0; second < load.Count; second += SyncSeconds)
        {
            var ratio = load[second] / (double)(policy.Target * replicas);
            var wanted = Math.Abs(1 - ratio) <= Tolerance ? replicas : (int)Math.Ceiling(load[second] / (double)policy.Target);
            wanted = Math.Clamp(wanted, policy.Fewest, policy.Most);
            wishes.Add((second, wanted));
            wanted = Stabilise(policy, wishes, second, replicas, wanted);
            var next = Math.Clamp(wanted > replicas
                ? Math.Min(wanted, LimitUp(policy.Up, changes, second, replicas))
                : Math.Max(wanted, LimitDown(policy.Down, changes, second, replicas)), policy.Fewest, policy.Most);
            if (next != replicas) changes.Add((second, next - replicas));
            replicas = next;
            history.Add((second, load[second], replicas));
        }

        return history;
    }

    /// <summary>Up no further than the smallest wish of the window, down no further than the largest.</summary>
    private static int Stabilise(HpaPolicy policy, List<(int Second, int Wanted)> wishes, int now, int replicas, int wanted)
    {
        var up = wishes.Where(wish => wish.Second > now - Math.Max(1, policy.Up.StabilizationSeconds)).Min(wish => wish.Wanted);
        var down = wishes.Where(wish => wish.Second > now - Math.Max(1, policy.Down.StabilizationSeconds)).Max(wish => wish.Wanted);
        return wanted > replicas ? Math.Max(replicas, up) : Math.Min(replicas, down);
    }

    private static int LimitUp(HpaRules rules, List<(int Second, int Change)> changes, int now, int replicas) => rules.Rules.Max(rule =>
    {
        var start = replicas - changes.Where(change => change.Second > now - rule.PeriodSeconds && change.Change > 0).Sum(change => change.Change);
        return rule.IsPercent ? (int)Math.Ceiling(start * (1 + (rule.Value / 100.0))) : start + rule.Value;
    });

    private static int LimitDown(HpaRules rules, List<(int Second, int Change)> changes, int now, int replicas) => rules.Rules.Min(rule =>
    {
        var start = replicas - changes.Where(change => change.Second > now - rule.PeriodSeconds && change.Change < 0).Sum(change => change.Change);
        return rule.IsPercent ? (int)(start * (1 - (rule.Value / 100.0))) : start - rule.Value;
    });
}
