using System.Globalization;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Quotas;

/// <summary>Limits of one scope. Null in a plan means no limit; null in what differs from a plan means the plan's.</summary>
public sealed record QuotaValues
{
    private const double MaxRate = 1_000_000;
    private const int MaxCount = 1_000_000;

    // Exact in every JSON reader.
    private const long MaxTotal = 1L << 53;

    /// <summary>Requests a second, more than 0, at most 1,000,000.</summary>
    public double? RequestsPerSecond { get; init; }

    /// <summary>Size of the bucket that they come out of, 1 to 1,000,000 requests; one second's worth when null in both.</summary>
    public int? Burst { get; init; }

    /// <summary>Requests that run at the same time, 1 to 1,000,000.</summary>
    public int? Concurrency { get; init; }

    /// <summary>Requests in a calendar month, UTC, 0 to 2^53.</summary>
    public long? MonthlyInvocations { get; init; }

    /// <summary>Bytes that calls of other services moved in a calendar month, UTC, 0 to 2^53.</summary>
    public long? MonthlyEgressBytes { get; init; }

    /// <summary>A refusal that names the first value out of its range; null when there is none.</summary>
    public Refusal? Check()
    {
        if (RequestsPerSecond is not (null or (> 0 and <= MaxRate))) return Invalid("requestsPerSecond", "more than 0 and", (long)MaxRate);
        if (Burst is not (null or (>= 1 and <= MaxCount))) return Invalid("burst", "1 or more and", MaxCount);
        if (Concurrency is not (null or (>= 1 and <= MaxCount))) return Invalid("concurrency", "1 or more and", MaxCount);
        if (MonthlyInvocations is not (null or (>= 0 and <= MaxTotal))) return Invalid("monthlyInvocations", "0 or more and", MaxTotal);
        return MonthlyEgressBytes is null or (>= 0 and <= MaxTotal) ? null : Invalid("monthlyEgressBytes", "0 or more and", MaxTotal);
    }

    private static Refusal Invalid(string name, string least, long most) =>
        new(ErrorCode.InvalidRequest, string.Create(CultureInfo.InvariantCulture, $"{name} is {least} at most {most}, or null."));
}
