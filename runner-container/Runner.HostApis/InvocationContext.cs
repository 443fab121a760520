using System.Collections.Frozen;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>For whom an invocation runs, and what it may use. Everything here comes from a verified service token, or is bound to one by its body hash.</summary>
public sealed record InvocationContext
{
    public required Guid RequestId { get; init; }

    public required Guid TenantId { get; init; }

    /// <summary>The extension's name.</summary>
    public required string ExtensionId { get; init; }

    public required Guid InstallId { get; init; }

    public required string Version { get; init; }

    /// <summary>The install's settings as the guest sees them.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Config { get; init; } = [];

    public UserInfo? User { get; init; }

    /// <summary>Granted capabilities, names of <see cref="Capability"/>.</summary>
    public IReadOnlySet<string> Capabilities { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Receives the log lines for the execution record; null where there is none.</summary>
    public CapturedLog? Captured { get; init; }

    /// <summary>Hosts that <c>http.fetch</c> may reach, in the manifest's notation; empty means none.</summary>
    public IReadOnlyList<string> Egress { get; init; } = [];

    /// <summary>Secrets that the version declares.</summary>
    public IReadOnlyList<SecretGrant> Secrets { get; init; } = [];

    /// <summary>Null when the capability is granted; otherwise what the extension's author has to do.</summary>
    public string? FindDenial(string capability) =>
        Capabilities.Contains(capability)
            ? null
            : $"This needs a capability. Add \"{capability}\" to \"capabilities\" in manifest.json and have it granted by the tenant's admin.";
}

/// <summary>A secret that an invocation may use.</summary>
/// <param name="Name">Its name in the manifest.</param>
/// <param name="MaxAge">Age from which its value is refused; null for no limit.</param>
public sealed record SecretGrant(string Name, TimeSpan? MaxAge);
