namespace Alga.Extensions.LoadDriver.Load;

/// <summary>Takes turns between what is measured and its baseline, so that a slow minute of the machine hits both.</summary>
internal static class Rounds
{
    /// <summary>
    /// Rounds until a server of .NET runs what it will run from then on: a method that is called often is compiled again, with what
    /// was seen of it, and on two cores that takes the first tens of thousands of requests.
    /// </summary>
    public const int ToBeWarm = 6;

    /// <summary>Median of each after rounds to warm up.</summary>
    public static async Task<(double Value, double Baseline)> PairAsync(int rounds, Func<Task<double>> value, Func<Task<double>> baseline, int before = 1)
    {
        for (var round = 0; round < before; round++)
        {
            await value();
            await baseline();
        }

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
