using System.Text.Json;

namespace Alga.Extensions.Registry.Install.Rollback;

/// <summary>Body of <c>POST /api/tenant/installs/{name}/rollback</c>; all of it may be left out.</summary>
public sealed record RollbackRequest
{
    /// <summary>A version that this install has run; the one before the current when absent, and during a rollout the current itself.</summary>
    public string? Version { get; init; }

    /// <summary>
    /// Settings for that version. When absent, those of now where they fit it, else those it ran with last.
    /// </summary>
    public JsonElement? Config { get; init; }
}
