namespace Alga.Extensions.LoadDriver.Load;

/// <summary>Order statistics.</summary>
internal static class Percentiles
{
    /// <summary>The value below which half of the values lie.</summary>
    public static double Median(IEnumerable<double> values) => At(values, 0.5);

    /// <summary>The value at a rank from 0 to 1, by nearest rank.</summary>
    public static double At(IEnumerable<double> values, double rank)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0) throw new ArgumentException("There are no values.", nameof(values));
        return sorted[Math.Min(sorted.Length - 1, (int)(rank * sorted.Length))];
    }
}
