using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Engine;

/// <summary>
/// The one place that tells why Wasmtime stopped a guest. The binding has no codes for components, only text, and the
/// text holds names that the guest chose: it is read here and goes no further.
/// </summary>
internal static class TrapMap
{
    /// <summary>The refusal of a call when all sandboxes are in use.</summary>
    public static readonly Refusal NoSlot = new(ErrorCode.Overloaded, "All sandboxes are in use. Try again shortly.");

    private const string TrapPrefix = "wasm trap: ";
    private const string Backtrace = "error while executing at wasm backtrace";

    private static readonly Refusal GuestTrap = new(ErrorCode.GuestTrap, "The extension crashed. Its own log says more.");
    private static readonly Refusal MemoryLimit = new(ErrorCode.MemoryLimit, "The extension needs more memory than it may have. Raise limits.memoryMb in its manifest.json, or use less.");
    private static readonly Refusal FuelExhausted = new(ErrorCode.FuelExhausted, "The extension used up the instructions that it may execute.");
    private static readonly Refusal NotRunnable = new(ErrorCode.BundleUnavailable, "The component cannot be started: it imports something that the platform does not offer, or has more parts than a sandbox holds. Build it with the current extension SDK.");
    private static readonly Refusal Malformed = new(ErrorCode.InvalidResponse, "The extension answered with values that break the ABI: pointers out of its memory, text that is not UTF-8, or more data than one call may carry.");

    /// <summary>Finds the reason in the message of a <c>WasmtimeException</c>.</summary>
    public static Refusal Describe(string message, InvocationPhase phase, RunningInvocation running, InvocationDeadline deadline)
    {
        // The innermost cause stands last, and no guest can put a line after it.
        var cause = LastLine(message);
        if (cause.IndexOf(TrapPrefix, StringComparison.Ordinal) is var at and >= 0)
        {
            return cause[(at + TrapPrefix.Length)..] switch
            {
                "interrupt" => Timeout(deadline),
                "all fuel consumed by WebAssembly" => FuelExhausted,
                _ when running.IsOutOfMemory => MemoryLimit,
                // It had no plan for a denial and ended there. The message is ours and names what to add.
                _ when running.Denial is { } denial => new Refusal(ErrorCode.CapabilityDenied, denial),
                _ => GuestTrap,
            };
        }

        if (message.StartsWith(Backtrace, StringComparison.Ordinal)) return GuestTrap;
        return phase == InvocationPhase.Call ? Malformed : DescribeStart(cause);
    }

    /// <summary>The refusal of a guest whose time is over.</summary>
    public static Refusal Timeout(InvocationDeadline deadline) =>
        new(ErrorCode.Timeout, $"The extension was stopped after {(long)deadline.Timeout.TotalMilliseconds} ms. Answer sooner, or raise timeoutMs of the endpoint in manifest.json.");

    private static Refusal DescribeStart(ReadOnlySpan<char> cause)
    {
        if (cause.Contains("exceeds memory limits", StringComparison.Ordinal)) return MemoryLimit;
        return cause.Contains("maximum concurrent", StringComparison.Ordinal) ? NoSlot : NotRunnable;
    }

    private static ReadOnlySpan<char> LastLine(string message)
    {
        var text = message.AsSpan().TrimEnd();
        return text[(text.LastIndexOf('\n') + 1)..].Trim();
    }
}
