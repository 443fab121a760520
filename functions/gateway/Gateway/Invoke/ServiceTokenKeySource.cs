namespace Alga.Extensions.Gateway.Invoke;

/// <summary>Gives the current bytes of the service token key; the same array as long as it is the same key.</summary>
public delegate ValueTask<byte[]> ServiceTokenKeySource(CancellationToken cancellationToken);
