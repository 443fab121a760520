namespace Alga.Extensions.LoadDriver.Load;

/// <summary>Takes turns between what is measured and its baseline, so that a slow minute of the machine hits both.</summary>
internal static class Rounds
{
    /// <summary>Median of each after a round to warm up.</summary>
    public static async Task<(double Value, double Baseline)> PairAsync(int rounds, Func<Task<double>> value, Func<Task<double>> baseline)
    {
        await value();
        await baseline();
        var values = new List<double>();
        var baselines = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            values.Add(await value());
            baselines.Add(await baseline());
        }

        return (Percentiles.Median(values), Percentiles.Median(baselines));
    }
}
