namespace Alga.Extensions.Contracts;

/// <summary>Every refusal and fault that leaves the platform. <see cref="ErrorTable"/> gives name, status and title of each.</summary>
public enum ErrorCode
{
    /// <summary>A fault of the platform itself; the reason is in its logs, never in the answer.</summary>
    Internal = 0,
    ExtensionNotInstalled,
    ExtensionDisabled,
    EndpointNotFound,
    Unauthenticated,
    Forbidden,
    CapabilityDenied,
    InvalidRequest,
    BodyTooLarge,
    BodyTooSlow,
    HeadersTooLarge,
    RateLimited,
    QuotaExceeded,
    Overloaded,
    Timeout,
    MemoryLimit,
    FuelExhausted,
    GuestTrap,
    InvalidResponse,
    BundleUnavailable,
    SignatureInvalid,
    VersionRevoked,
    RunnerUnavailable,

    /// <summary>Gateway: the path is there, and OPTIONS is not for it.</summary>
    MethodNotAllowed,

    /// <summary>Registry: the thing does not exist, or belongs to someone else.</summary>
    NotFound,

    /// <summary>Registry: the archive breaks the canonical bundle profile.</summary>
    BundleInvalid,

    /// <summary>Registry: the manifest breaks one or more rules; all are listed.</summary>
    ManifestInvalid,

    /// <summary>Registry: this version was published before with other bytes, and versions are immutable.</summary>
    VersionExists,

    /// <summary>Registry: this version was yanked, so it is not for new installs.</summary>
    VersionYanked,

    /// <summary>Registry: the state does not allow the change.</summary>
    Conflict,

    /// <summary>Registry: <c>If-Match</c> names an older revision.</summary>
    PreconditionFailed,
}
