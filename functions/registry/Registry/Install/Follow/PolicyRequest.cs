namespace Alga.Extensions.Registry.Install.Follow;

/// <summary>Body of <c>PUT /api/tenant/installs/{name}/policy</c>.</summary>
public sealed record PolicyRequest
{
    /// <summary><c>pin</c>, <c>patch</c> or <c>minor</c>; see <see cref="RolloutPolicy"/>.</summary>
    public required string Policy { get; init; }
}
