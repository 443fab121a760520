namespace Alga.Extensions.Registry.Register;

/// <summary>Body of <c>POST /api/registry/extensions</c>.</summary>
public sealed record RegisterExtensionRequest
{
    /// <summary>See <c>ExtensionName</c>.</summary>
    public required string Name { get; init; }

    /// <summary>See <c>PublisherName</c>; the caller acts for it.</summary>
    public required string Publisher { get; init; }

    /// <summary>1 to 128 characters; the name when absent.</summary>
    public string? DisplayName { get; init; }
}
