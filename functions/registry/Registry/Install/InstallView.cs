using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alga.Extensions.Registry.Install;

/// <summary>An extension as a tenant has it.</summary>
public sealed record InstallView
{
    public required Guid InstallId { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    public required Guid VersionId { get; init; }

    public required string ContentHash { get; init; }

    /// <summary><c>enabled</c> or <c>disabled</c>.</summary>
    public required string Status { get; init; }

    public required InstallGrants Grants { get; init; }

    /// <summary>The settings; absent in lists and for callers who are no admins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Config { get; init; }

    /// <summary>Grows by one with each change.</summary>
    public required long Revision { get; init; }

    public required DateTime InstalledAt { get; init; }

    public required DateTime UpdatedAt { get; init; }

    /// <summary>The entity tag. It holds the install's id, so that one of a removed install never fits its successor.</summary>
    [JsonIgnore]
    public string ETag => $"\"{InstallId:N}-{Revision}\"";
}

/// <summary>Values of an install's status.</summary>
public static class InstallStatus
{
    public const string Enabled = "enabled";
    public const string Disabled = "disabled";
}
