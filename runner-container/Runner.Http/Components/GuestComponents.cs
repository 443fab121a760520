using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Http;

/// <summary>Components for requests: with or without counted instructions, each compiled for itself.</summary>
public sealed class GuestComponents(ComponentCache plain, ComponentCache metered) : IDisposable
{
    /// <summary>Gives the component, loading it if need be. Dispose the lease when its invocation is over.</summary>
    public Task<Outcome<ComponentLease>> GetAsync(ContentHash hash, bool counted, CancellationToken cancellationToken) =>
        (counted ? metered : plain).GetAsync(hash, cancellationToken);

    // The plain one is the container's own.
    public void Dispose() => metered.Dispose();
}
