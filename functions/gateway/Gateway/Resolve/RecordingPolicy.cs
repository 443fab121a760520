using System.Buffers.Binary;
using Alga.Extensions.Contracts.Execution;

namespace Alga.Extensions.Gateway.Resolve;

/// <summary>What a tenant's admin wants recorded of an install's executions.</summary>
/// <param name="Percent">Share of the executions, 1 to 100; null for those that fail.</param>
/// <param name="KeepDays">For how many days.</param>
internal sealed record RecordingPolicy(int? Percent, int KeepDays)
{
    private readonly ExecuteRecording recording = new(Percent is null, KeepDays);

    /// <summary>How one execution is recorded; null for not at all.</summary>
    /// <param name="requestId">UUIDv7; its random end decides about the sample.</param>
    public ExecuteRecording? For(Guid requestId)
    {
        if (Percent is not { } percent) return recording;
        Span<byte> bytes = stackalloc byte[16];
        requestId.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[12..]) % 100 < (uint)percent ? recording : null;
    }
}
