using System.Collections.Frozen;

namespace Alga.Extensions.Contracts;

/// <summary>The one table of error codes: wire name, HTTP status, title. <c>docs/errors.md</c> is checked against it by a test.</summary>
public static class ErrorTable
{
    private static readonly FrozenDictionary<ErrorCode, ErrorDescription> ByCode = new ErrorDescription[]
    {
        new(ErrorCode.ExtensionNotInstalled, "extension_not_installed", 404, "The extension is not installed"),
        new(ErrorCode.ExtensionDisabled, "extension_disabled", 403, "The extension is disabled"),
        new(ErrorCode.EndpointNotFound, "endpoint_not_found", 404, "The extension has no such endpoint"),
        new(ErrorCode.Unauthenticated, "unauthenticated", 401, "Sign in to continue"),
        new(ErrorCode.Forbidden, "forbidden", 403, "Not allowed"),
        new(ErrorCode.CapabilityDenied, "capability_denied", 403, "The extension lacks a capability"),
        new(ErrorCode.InvalidRequest, "invalid_request", 400, "The request is not valid"),
        new(ErrorCode.BodyTooLarge, "body_too_large", 413, "The body is too large"),
        new(ErrorCode.BodyTooSlow, "body_too_slow", 408, "The body arrived too slowly"),
        new(ErrorCode.HeadersTooLarge, "headers_too_large", 431, "The headers are too large"),
        new(ErrorCode.RateLimited, "rate_limited", 429, "Too many requests"),
        new(ErrorCode.QuotaExceeded, "quota_exceeded", 429, "A quota is used up"),
        new(ErrorCode.Overloaded, "overloaded", 503, "Too busy to take more work"),
        new(ErrorCode.Timeout, "timeout", 504, "The extension took too long"),
        new(ErrorCode.MemoryLimit, "memory_limit", 502, "The extension ran out of memory"),
        new(ErrorCode.FuelExhausted, "fuel_exhausted", 502, "The extension used up its instructions"),
        new(ErrorCode.GuestTrap, "guest_trap", 502, "The extension crashed"),
        new(ErrorCode.InvalidResponse, "invalid_response", 502, "The extension answered with something invalid"),
        new(ErrorCode.BundleUnavailable, "bundle_unavailable", 503, "The extension's code cannot be loaded now"),
        new(ErrorCode.SignatureInvalid, "signature_invalid", 502, "The extension's signature does not verify", RegistryStatus: 422),
        new(ErrorCode.VersionRevoked, "version_revoked", 403, "This version was revoked"),
        new(ErrorCode.RunnerUnavailable, "runner_unavailable", 502, "The extension runner cannot be reached"),
        new(ErrorCode.MethodNotAllowed, "method_not_allowed", 405, "The path does not take this method"),
        new(ErrorCode.Internal, "internal", 500, "Something went wrong on our side"),
        new(ErrorCode.NotFound, "not_found", 404, "Not found"),
        new(ErrorCode.BundleInvalid, "bundle_invalid", 422, "The bundle is not valid"),
        new(ErrorCode.ManifestInvalid, "manifest_invalid", 422, "The manifest is not valid"),
        new(ErrorCode.VersionExists, "version_exists", 409, "This version exists with other contents"),
        new(ErrorCode.VersionYanked, "version_yanked", 409, "This version is not for new installs"),
        new(ErrorCode.Conflict, "conflict", 409, "The current state does not allow this"),
        new(ErrorCode.PreconditionFailed, "precondition_failed", 412, "Somebody else changed this first"),
    }.ToFrozenDictionary(description => description.Code);

    private static readonly FrozenDictionary<string, ErrorCode> ByName =
        ByCode.Values.ToFrozenDictionary(description => description.Name, description => description.Code, StringComparer.Ordinal);

    /// <summary>All rows, in no particular order.</summary>
    public static IEnumerable<ErrorDescription> All => ByCode.Values;

    /// <summary>The row of a code.</summary>
    public static ErrorDescription Describe(ErrorCode code) => ByCode[code];

    /// <summary>The code of a wire name; <see cref="ErrorCode.Internal"/> for a name this version does not know.</summary>
    public static ErrorCode Parse(string? name) => name is not null && ByName.TryGetValue(name, out var code) ? code : ErrorCode.Internal;
}

/// <summary>One row of <see cref="ErrorTable"/>.</summary>
/// <param name="Code">The code.</param>
/// <param name="Name">Its name on the wire, snake_case.</param>
/// <param name="Status">HTTP status at the gateway, 400-599.</param>
/// <param name="Title">Short text for people; the same for every occurrence (RFC 9457, <c>title</c>).</param>
/// <param name="RegistryStatus">HTTP status at the registry where it differs: there the publisher who calls is at fault, not a server behind.</param>
public sealed record ErrorDescription(ErrorCode Code, string Name, int Status, string Title, int? RegistryStatus = null);
