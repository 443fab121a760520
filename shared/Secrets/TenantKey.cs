namespace Alga.Extensions.Secrets;

/// <summary>A tenant's key for the secrets of its installs, one of perhaps several versions.</summary>
/// <param name="Version">The vault's name for this version: what is sealed says with which one.</param>
/// <param name="Bytes">32 bytes. Never changed, never written anywhere.</param>
public sealed record TenantKey(string Version, byte[] Bytes);
