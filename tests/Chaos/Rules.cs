using System.Globalization;

namespace Alga.Extensions.Chaos;

/// <summary>What no request may see, judged over all that was recorded.</summary>
internal static class Rules
{
    /// <summary>A sentence for each request that saw what it may not.</summary>
    public static IEnumerable<string> Violations(IReadOnlyCollection<Call> calls, IReadOnlyCollection<Ban> bans) =>
        from ban in bans
        from call in calls
        where ban.LatenessOf(call) > ban.Bound
        select string.Create(CultureInfo.InvariantCulture, $"{call.Caller} saw {ban.What} {ban.LatenessOf(call)!.Value.TotalSeconds:0.0} s after it was gone");

    /// <summary>The longest time after a ban at which a request began that saw it.</summary>
    public static TimeSpan Longest(IReadOnlyCollection<Call> calls, IReadOnlyCollection<Ban> bans) =>
        bans.SelectMany(ban => calls.Select(ban.LatenessOf)).Max() ?? TimeSpan.Zero;
}
