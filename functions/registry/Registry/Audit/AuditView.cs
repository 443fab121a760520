using System.Text.Json;

namespace Alga.Extensions.Registry.Audit;

/// <summary>One change, as the audit log shows it.</summary>
public sealed record AuditView
{
    public required Guid Id { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Issuer and subject, as in <c>https://login.example.com#ada</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>What was done, such as <c>version.yank</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to: an extension's name, with <c>@</c> and the version where there is one.</summary>
    public required string Target { get; init; }

    /// <summary>The <c>x-request-id</c> of the request that did it.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>State before; null when there was none.</summary>
    public required JsonElement? Before { get; init; }

    /// <summary>State after; null when there is none.</summary>
    public required JsonElement? After { get; init; }
}
