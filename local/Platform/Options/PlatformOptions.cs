namespace Alga.Extensions.Platform.Options;

/// <summary>What the person asked for.</summary>
/// <param name="StateFolder">Absolute folder of everything that survives a restart.</param>
/// <param name="PortBase">Port of the gateway; all others follow from it.</param>
/// <param name="Reset">Whether to clear the state first.</param>
/// <param name="Demo">Whether to call the sample once and end.</param>
/// <param name="HostOrigins">Origins beside the demo host's whose pages may show extensions' pages.</param>
/// <param name="DatabaseUrl">Administrator's URL of a PostgreSQL that runs already; null to start one.</param>
public sealed record PlatformOptions(string StateFolder, int PortBase, bool Reset, bool Demo, IReadOnlyList<string> HostOrigins, string? DatabaseUrl)
{
    /// <summary>Whether to build pages and samples and to start nothing.</summary>
    public bool OnlyBuild { get; init; }

    /// <summary>Whether to start Prometheus, with all parts as its targets.</summary>
    public bool Observe { get; init; }

    /// <summary>Whether a part that ends is started again; otherwise its end is the end of all.</summary>
    public bool Restart { get; init; }

    /// <summary>Whether there are two gateways and two runners. What distributes requests to them is the person's, by <see cref="Detours"/>.</summary>
    public bool Two { get; init; }

    /// <summary>What stands between two parts.</summary>
    public IReadOnlyList<Detour> Detours { get; init; } = [];

    /// <summary>Settings beside those that a part gets anyway.</summary>
    public IReadOnlyList<PartSetting> Settings { get; init; } = [];
}
