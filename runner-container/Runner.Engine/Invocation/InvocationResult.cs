using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Engine;

/// <summary>How an invocation ended, and what it used.</summary>
/// <param name="Outcome">The guest's answer, or why there is none.</param>
/// <param name="Fuel">Wasm instructions executed, about; 0 unless they are metered.</param>
/// <param name="MemoryBytes">Linear memory of the guest at its end, which is the most that it had; 0 where it did not come to its end, or was compiled without a gauge.</param>
/// <param name="Fault">What a host call threw, for the log; null for none.</param>
public sealed record InvocationResult(Outcome<GuestResponse> Outcome, long Fuel, long MemoryBytes, Exception? Fault);
