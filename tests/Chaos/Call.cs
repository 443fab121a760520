namespace Alga.Extensions.Chaos;

/// <summary>One request of the load.</summary>
/// <param name="Started">When it was sent.</param>
/// <param name="Ended">When its outcome was known.</param>
/// <param name="Caller">Who sent it.</param>
/// <param name="Reason">Why there was no success, such as an error's code; null when the extension answered.</param>
/// <param name="Saw">What it met that may be taken away, such as <c>version 1.0.3</c>.</param>
internal sealed record Call(DateTimeOffset Started, DateTimeOffset Ended, string Caller, string? Reason, IReadOnlyList<string> Saw)
{
    public bool IsSuccess => Reason is null;
}
