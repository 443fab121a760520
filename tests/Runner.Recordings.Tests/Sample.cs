using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Recordings.Tests;

internal static class Sample
{
    public static Recording Recording() => new()
    {
        ExecutionId = Guid.CreateVersion7(),
        StartedAt = DateTimeOffset.UnixEpoch,
        ExtensionId = "com.acme.notes",
        Version = "1.0.0",
        ContentHash = "sha256:" + new string('0', 64),
        TimeoutMs = 20_000,
        MemoryMb = 64,
        Request = new GuestRequest { Method = "GET", Path = "/", Endpoint = "/" },
        Sources = new RecordedSources(new byte[32], [], []),
        Calls = [],
        End = new RecordedEnd { Status = 200 },
    };
}
