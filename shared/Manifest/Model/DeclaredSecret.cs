namespace Alga.Extensions.Manifest;

/// <summary>A secret that a tenant's admin stores for an install.</summary>
/// <param name="Name">1 to 64 characters, unique whatever the case.</param>
/// <param name="Description">Tells the admin what to enter.</param>
/// <param name="Required">Whether the extension cannot work without it; false when left out.</param>
/// <param name="MaxAgeDays">Age in days, 1 to 3,650, from which a value is refused; null for no limit.</param>
public sealed record DeclaredSecret(string Name, string Description, bool Required, int? MaxAgeDays);
