using System.Text.Json.Serialization;
using Alga.Extensions.Manifest;

namespace Alga.Extensions.Registry.InstallSecrets;

/// <summary>What is known of an install's secret without its value.</summary>
public sealed record SecretView
{
    public required string Name { get; init; }

    /// <summary>From the manifest; absent where the installed version declares no such secret any more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; init; }

    public bool Required { get; init; }

    /// <summary>A value of <see cref="SecretState"/>.</summary>
    public required string State { get; init; }

    /// <summary>Counts the values that were stored; absent without one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Version { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? CreatedAt { get; init; }

    /// <summary>From when the value is refused: its own expiry or the manifest's maximum age, whichever comes first.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? RefusedFrom { get; init; }

    /// <summary>Puts together what the manifest and the stored row say.</summary>
    internal static SecretView From(string name, DeclaredSecret? declared, SecretRow? row, DateTime now)
    {
        var refusedFrom = row?.ExpiresAt;
        if (row is not null && declared?.MaxAgeDays is { } days && row.CreatedAt.AddDays(days) is var tooOld && !(refusedFrom < tooOld)) refusedFrom = tooOld;
        return new SecretView
        {
            Name = name,
            Description = declared?.Description,
            Required = declared?.Required ?? false,
            State = row is null ? SecretState.Missing : declared is null ? SecretState.Undeclared : refusedFrom <= now ? SecretState.Expired : SecretState.Valid,
            Version = row?.Version,
            CreatedAt = row?.CreatedAt,
            RefusedFrom = refusedFrom,
        };
    }
}

/// <summary>Whether an extension can have a secret.</summary>
public static class SecretState
{
    public const string Valid = "valid";
    public const string Missing = "missing";
    public const string Expired = "expired";

    /// <summary>Stored for an earlier version of the extension; the installed one cannot read it.</summary>
    public const string Undeclared = "undeclared";
}

/// <summary>A stored secret without its value.</summary>
public sealed record SecretRow
{
    public required string Name { get; init; }

    public required long Version { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? ExpiresAt { get; init; }
}
