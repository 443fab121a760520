using System.Globalization;
using Alga.Extensions.Infrastructure.Tests.Kubernetes;

namespace Alga.Extensions.Infrastructure.Tests.Scaling;

/// <summary>What the policy of <c>keda/base/scaling.yaml</c> makes of a load, held against what docs/scaling.md says of it.</summary>
public sealed class ScalingPolicyTests
{
    // Set, the drawing is written instead of compared.
    private const string WriteVariable = "ALGA_WRITE_DRAWINGS";

    private static readonly HpaPolicy Policy = HpaPolicy.Of(ScalingTests.ScaledObject("azure"));

    private static readonly IReadOnlyList<int> Recorded = [.. Repository.Read("docs", "scaling", "load.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)
        .Select(line => int.Parse(line.Split(',')[1], CultureInfo.InvariantCulture))];

    [Fact]
    public void A_jump_from_5_to_200_is_served_at_the_first_look()
    {
        var history = HpaSimulation.Run(Policy, [.. Enumerable.Repeat(5, 60), .. Enumerable.Repeat(200, 120)]);

        Assert.Equal(2, history.Last(point => point.InFlight == 5).Replicas);
        Assert.Equal(20, history.First(point => point.InFlight == 200).Replicas);
    }

    [Fact]
    public void A_jump_beyond_the_bound_stops_at_it()
    {
        var history = HpaSimulation.Run(Policy, [.. Enumerable.Repeat(5, 30), .. Enumerable.Repeat(100_000, 120)]);

        Assert.Equal(100, history[^1].Replicas);
    }

    [Fact]
    public void After_a_peak_nothing_goes_for_two_minutes_and_then_a_quarter_a_minute()
    {
        var history = HpaSimulation.Run(Policy, [.. Enumerable.Repeat(400, 60), .. Enumerable.Repeat(0, 900)]);
        var lastPeak = history.Last(point => point.InFlight == 400).Second;
        var firstLess = history.First(point => point.Second > lastPeak && point.Replicas < 40).Second;

        Assert.True(firstLess - lastPeak >= 120);
        Assert.All(history.Where(point => point.Second >= 60), point =>
        {
            var minuteBefore = history.Last(earlier => earlier.Second <= point.Second - 60).Replicas;
            Assert.True(point.Replicas >= Math.Floor(minuteBefore * 0.75));
        });
        Assert.Equal(2, history[^1].Replicas);
    }

    [Fact]
    public void A_load_that_swings_within_two_minutes_moves_no_replica_down()
    {
        var swinging = Enumerable.Range(0, 900).Select(second => second / 45 % 2 == 0 ? 100 : 40).ToList();
        var replicas = HpaSimulation.Run(Policy, swinging).Select(point => point.Replicas).ToList();

        Assert.All(replicas.Zip(replicas.Skip(1)), pair => Assert.True(pair.Second >= pair.First));
    }

    [Fact]
    public void Within_a_tenth_of_the_target_nothing_changes()
    {
        var replicas = HpaSimulation.Run(Policy, [.. Enumerable.Repeat(100, 60), .. Enumerable.Repeat(109, 60), .. Enumerable.Repeat(91, 60)]).Select(point => point.Replicas);

        Assert.Equal(10, Assert.Single(replicas.Distinct()));
    }

    [Fact]
    public void The_recorded_load_is_served_within_a_look_and_within_the_bounds()
    {
        var history = HpaSimulation.Run(Policy, Recorded);

        Assert.True(Recorded.Max() > 4 * Policy.Target, "A load that needs no scaling shows nothing.");
        Assert.All(history, point => Assert.InRange(point.Replicas, Policy.Fewest, Policy.Most));
        Assert.All(history, point => Assert.True(point.Replicas * Policy.Target * 1.1 >= point.InFlight));
    }

    [Fact]
    public void The_drawing_in_the_docs_is_of_these_numbers()
    {
        var drawn = Drawing.Draw("Replicas over the recorded load", Recorded, HpaSimulation.Run(Policy, Recorded), Policy.Target);
        var path = Repository.Path("docs", "scaling", "replicas.svg");
        if (Environment.GetEnvironmentVariable(WriteVariable) == "1") File.WriteAllText(path, drawn);

        Assert.Equal(drawn, File.ReadAllText(path));
    }
}
