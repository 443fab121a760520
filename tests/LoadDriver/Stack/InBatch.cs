namespace Alga.Extensions.LoadDriver.Stack;

/// <summary>
/// Starts a program with Linux's policy for throughput, which what it starts inherits (sched(7), chrt(1)). On a small machine all that is measured shares the processors, and as a
/// rule a thread that wakes up takes one from another. What is compared is started alike.
/// </summary>
internal static class InBatch
{
    public const string Program = "chrt";

    public static readonly IReadOnlyList<string> Arguments = ["--batch", "0"];
}
