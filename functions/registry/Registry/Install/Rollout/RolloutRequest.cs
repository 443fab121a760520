namespace Alga.Extensions.Registry.Install.Rollout;

/// <summary>Body of <c>PUT /api/tenant/installs/{name}/rollout</c>.</summary>
public sealed record RolloutRequest
{
    /// <summary>Share of the users that get the candidate, 0 to 100.</summary>
    public required int Percent { get; init; }
}
