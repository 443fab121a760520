using System.Security.Cryptography;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Recordings;

/// <summary>Real clocks, whose readings are kept, and random numbers from a fresh seed.</summary>
internal sealed class RecordingSources : IGuestSources
{
    /// <summary>Readings of both clocks together. A guest that reads more often leaves no recording.</summary>
    public const int MaxReadings = 20_000;

    private const ulong NanosecondsPerTick = 100;

    private readonly TimeProvider time;
    private readonly long started;
    private readonly byte[] seed = RandomNumberGenerator.GetBytes(SeededRandom.SeedBytes);
    private readonly SeededRandom random;
    private readonly List<ulong> wall = [];
    private readonly List<ulong> monotonic = [];

    public RecordingSources(TimeProvider time)
    {
        this.time = time;
        started = time.GetTimestamp();
        random = new SeededRandom(seed);
    }

    public bool IsTooLong => wall.Count + monotonic.Count > MaxReadings;

    public void FillRandom(Span<byte> bytes) => random.Fill(bytes);

    public ulong GetWallClock() => Keep(wall, (ulong)(time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick);

    public ulong GetMonotonicClock() => Keep(monotonic, (ulong)time.GetElapsedTime(started).Ticks * NanosecondsPerTick);

    public RecordedSources ToRecord() => new(seed, [.. wall], [.. monotonic]);

    private ulong Keep(List<ulong> readings, ulong reading)
    {
        if (!IsTooLong) readings.Add(reading);
        return reading;
    }
}
