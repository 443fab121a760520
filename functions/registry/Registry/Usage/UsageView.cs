namespace Alga.Extensions.Registry.Usage;

/// <summary>What an extension used in a tenant.</summary>
/// <param name="Period"><c>day</c> or <c>month</c>, in UTC.</param>
/// <param name="From">First day, included.</param>
/// <param name="To">Last day, included.</param>
/// <param name="Totals">Of all items.</param>
/// <param name="Items">Days or months with at least one execution, the oldest first.</param>
public sealed record UsageView(string Period, string From, string To, UsageFigures Totals, IReadOnlyList<UsageItem> Items);

/// <summary>One day or month.</summary>
/// <param name="StartsOn">Its first day, as <c>2026-03-01</c>.</param>
/// <param name="Figures">What was used in it.</param>
public sealed record UsageItem(string StartsOn, UsageFigures Figures);

/// <summary>Sums of executions.</summary>
public sealed record UsageFigures
{
    public required long Invocations { get; init; }

    /// <summary>Those that ended with an error code, or with a status of 500 or more.</summary>
    public required long Errors { get; init; }

    public required long DurationUs { get; init; }

    public required long EgressBytes { get; init; }

    public required long Fuel { get; init; }

    /// <summary>The most that one of them had.</summary>
    public required long MemoryBytesPeak { get; init; }

    /// <summary>Percentiles in microseconds, from counts by duration; null without executions.</summary>
    public required long? P50Us { get; init; }

    public required long? P95Us { get; init; }

    public required long? P99Us { get; init; }
}
