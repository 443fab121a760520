using System.Globalization;

namespace Alga.Extensions.Chaos;

/// <summary>What callers felt of a fault.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Gap">The longest time without a success, from the start of one to the start of the next, without what an admin or a publisher took away.</param>
/// <param name="Failed">Requests without success.</param>
/// <param name="Requests">All requests meanwhile.</param>
/// <param name="Reasons">Why they failed, the most frequent first.</param>
/// <param name="HasForbidden">Whether one failed for a reason that the fault may not have.</param>
internal sealed record FaultEffect(Fault Fault, TimeSpan Gap, int Failed, int Requests, string Reasons, bool HasForbidden)
{
    public bool IsBeyondBudget => Gap > TimeSpan.FromSeconds(Fault.BudgetSeconds);

    public static FaultEffect Of(Fault fault, Journal journal, DateTimeOffset from, DateTimeOffset to)
    {
        var calls = journal.Calls.Where(call => call.Caller == Load.Counter && call.Started >= from && call.Started <= to).ToList();
        var away = journal.Steps.Where(step => step.TakesServiceAway).ToList();
        var marks = calls.Where(call => call.IsSuccess).Select(call => call.Started).Order().Prepend(from).Append(to).ToList();
        return new FaultEffect(
            fault,
            marks.Zip(marks.Skip(1), (one, next) => next - one - TimeSpan.FromTicks(away.Sum(step => Overlap(step, one, next).Ticks))).Max(),
            calls.Count(call => !call.IsSuccess),
            calls.Count,
            ReasonsOf(calls),
            calls.Any(call => call.Reason is { } reason && fault.Forbidden.Contains(reason)));
    }

    /// <summary>Each reason and how often it was.</summary>
    public static string ReasonsOf(IEnumerable<Call> calls) => string.Join(", ", calls.Where(call => !call.IsSuccess)
        .CountBy(call => call.Reason!).OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value.ToString(CultureInfo.InvariantCulture)}"));

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Fault.Name}: {Gap.TotalSeconds:0.0} s without a success (budget {Fault.BudgetSeconds} s), {Failed} of {Requests} requests failed{(Failed == 0 ? "" : $" ({Reasons})")}");

    private static TimeSpan Overlap(Step step, DateTimeOffset from, DateTimeOffset to)
    {
        var length = (step.Until < to ? step.Until : to) - (step.From > from ? step.From : from);
        return length > TimeSpan.Zero ? length : TimeSpan.Zero;
    }
}
