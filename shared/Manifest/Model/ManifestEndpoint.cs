using Alga.Extensions.Contracts;

namespace Alga.Extensions.Manifest;

/// <summary>An HTTP endpoint of an extension.</summary>
/// <param name="Method">GET, POST, PUT, PATCH or DELETE.</param>
/// <param name="Path">The template below the extension's root.</param>
/// <param name="TimeoutMs">Guest time in milliseconds, 1 to <see cref="PlatformLimits.MaxTimeoutMs"/>; null for the manifest's own.</param>
/// <param name="Roles">The caller needs one of these roles; empty when every user may call.</param>
/// <param name="MaxBodyBytes">Largest request body, 0 to <see cref="PlatformLimits.MaxTextBodyBytes"/>; null for the platform's.</param>
public sealed record ManifestEndpoint(string Method, RouteTemplate Path, int? TimeoutMs, IReadOnlyList<string> Roles, int? MaxBodyBytes);
