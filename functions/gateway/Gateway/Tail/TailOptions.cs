namespace Alga.Extensions.Gateway.Tail;

/// <summary>Bounds of live tails.</summary>
internal sealed record TailOptions
{
    /// <summary>Sessions of one tenant at the same time, over all gateways.</summary>
    public int MaxSessions { get; init; } = 5;

    /// <summary>Connections that one gateway serves at the same time.</summary>
    public int MaxConnections { get; init; } = 200;

    /// <summary>How long a session lasts. Who wants to go on begins another, which the audit log notes again.</summary>
    public TimeSpan SessionTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>
    /// How long one connection of a session lasts; then the watcher connects again, and its token is looked at again. The host of
    /// function apps ends a request after 230 s.
    /// </summary>
    public TimeSpan ConnectionTime { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How often the stream gives a sign of life, and looks for records that no notice told of.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a session counts without a sign of life: it outlasts a watcher's way from one connection to the next.</summary>
    public TimeSpan Hold => Heartbeat * 2;

    /// <summary>
    /// How far back the stream looks for records that no notice told of. A record is written when its execution has ended, so one that began
    /// before the last one that was shown may come after it: by the longest execution, and the time that a runner gathers records.
    /// </summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromSeconds(70);
}
