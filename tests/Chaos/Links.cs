namespace Alga.Extensions.Chaos;

/// <summary>Every connection between parts goes through one of these; callers come in by <see cref="Callers"/>.</summary>
internal sealed class Links(int portBase, int seed) : IAsyncDisposable
{
    private const int SecondGateway = 12;
    private const int SecondRunner = 13;

    private readonly FaultyLink callers = new("callers and gateway", seed, portBase, portBase + SecondGateway);

    private readonly (string Detour, FaultyLink Link)[] inside =
    [
        ("gateway:runner", new FaultyLink("gateway and runner", seed, portBase + 9, portBase + SecondRunner)),
        ("gateway:postgres", new FaultyLink("gateway and database", seed, portBase + 6)),
        ("registry:postgres", new FaultyLink("registry and database", seed, portBase + 6)),
        ("runner:postgres", new FaultyLink("runner and database", seed, portBase + 6)),
        ("registry:blobs", new FaultyLink("registry and blob store", seed, portBase + 4)),
        ("runner:blobs", new FaultyLink("runner and blob store", seed, portBase + 4)),
    ];

    public FaultyLink Callers => callers;

    public IReadOnlyList<FaultyLink> All => [callers, .. inside.Select(one => one.Link)];

    /// <summary>What the platform has to be told, so that its parts use them.</summary>
    public IEnumerable<string> Arguments => inside.SelectMany(one => new[] { "--through", $"{one.Detour}={one.Link.Port}" });

    public async ValueTask DisposeAsync()
    {
        foreach (var link in All) await link.DisposeAsync();
    }
}
