using Alga.Extensions.Contracts;

namespace Alga.Extensions.Manifest;

/// <summary>What an extension asks for; an install may give less.</summary>
/// <param name="MemoryMb">Guest memory in MiB, 1 to <see cref="PlatformLimits.MaxMemoryMb"/>; null for the default.</param>
/// <param name="TimeoutMs">Guest time in milliseconds, 1 to <see cref="PlatformLimits.MaxTimeoutMs"/>; null for the default.</param>
public sealed record ManifestLimits(int? MemoryMb, int? TimeoutMs);
