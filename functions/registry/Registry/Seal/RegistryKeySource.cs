namespace Alga.Extensions.Registry.Seal;

/// <summary>Gives the registry's private key as PKCS#8; the same array as long as it is the same key.</summary>
public delegate ValueTask<byte[]> RegistryKeySource(CancellationToken cancellationToken);
