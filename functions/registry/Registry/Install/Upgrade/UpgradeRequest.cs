using System.Text.Json;

namespace Alga.Extensions.Registry.Install.Upgrade;

/// <summary>Body of <c>POST /api/tenant/installs/{name}/upgrade</c>; all of it may be left out.</summary>
public sealed record UpgradeRequest
{
    /// <summary>A newer version; the newest stable one when absent.</summary>
    public string? Version { get; init; }

    /// <summary>
    /// What the admin allows the new version: with it the upgrade never waits. When absent, what was granted stays granted,
    /// and an upgrade that asks for more waits for consent.
    /// </summary>
    public InstallGrants? Grants { get; init; }

    /// <summary>Settings for the new version; those of now when absent.</summary>
    public JsonElement? Config { get; init; }

    /// <summary>Share of the users that get the new version, 0 to 100; all, and for good, when absent.</summary>
    public int? Percent { get; init; }
}

/// <summary>Body of <c>POST /api/tenant/installs/{name}/consent</c>.</summary>
public sealed record ConsentRequest
{
    /// <summary>The pending version that the admin has seen.</summary>
    public required string Version { get; init; }

    /// <summary>Exactly what the admin allows; less than what is asked for is possible.</summary>
    public required InstallGrants Grants { get; init; }

    /// <summary>Settings for the new version; those of now when absent.</summary>
    public JsonElement? Config { get; init; }
}

/// <summary>Answer of <c>GET /api/tenant/installs/{name}/upgrade</c>: what an upgrade would change.</summary>
public sealed record UpgradePreview
{
    public required string Name { get; init; }

    /// <summary>The version that runs; null when the tenant has not installed the extension.</summary>
    public required string? From { get; init; }

    public required string To { get; init; }

    /// <summary>Whether an upgrade without <c>grants</c> and <c>config</c> would wait for an admin.</summary>
    public required bool WouldWait { get; init; }

    /// <summary>What an admin would have to decide on.</summary>
    public required InstallGrants Needed { get; init; }

    public required UpgradeDifference Difference { get; init; }
}
