using System.Diagnostics.CodeAnalysis;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Components that could not be compiled, so that one which is stopped after a minute does not take a minute of each request.
/// For a while only: what failed on a machine that was short of memory may succeed later.
/// </summary>
public sealed class RefusedComponents(TimeProvider time)
{
    /// <summary>How long a refusal is repeated without trying again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>Most components remembered; beyond it the oldest are forgotten.</summary>
    public const int MaxCount = 1_000;

    private readonly Lock gate = new();
    private readonly Dictionary<string, (Refusal Refusal, long At)> refused = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <summary>The refusal of a component, by its SHA-256, if it is not too old.</summary>
    public bool TryGet(ReadOnlySpan<byte> wasmDigest, [NotNullWhen(true)] out Refusal? refusal)
    {
        lock (gate)
        {
            refusal = refused.TryGetValue(Convert.ToHexStringLower(wasmDigest), out var known) && time.GetElapsedTime(known.At) < Lifetime ? known.Refusal : null;
            return refusal is not null;
        }
    }

    /// <summary>Remembers a refusal.</summary>
    public void Add(ReadOnlySpan<byte> wasmDigest, Refusal refusal)
    {
        var name = Convert.ToHexStringLower(wasmDigest);
        lock (gate)
        {
            if (!refused.ContainsKey(name)) order.Enqueue(name);
            refused[name] = (refusal, time.GetTimestamp());
            if (order.Count > MaxCount) refused.Remove(order.Dequeue());
        }
    }
}
