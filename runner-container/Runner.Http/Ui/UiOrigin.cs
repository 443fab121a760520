using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Under which host names user interfaces are served. Where the public base has a label of its own for each version
/// (<c>https://{hash}.ext.example.com</c>), a browser keeps the versions apart as it does sites, and each is served under its own name
/// only. Without one, all share a host, and the sandbox keeps them apart.
/// </summary>
public sealed class UiOrigin
{
    private const int LabelLength = ExtensionUiUrl.LabelLength;

    private readonly string? domain;

    /// <param name="publicBase">URL as in <c>RUNNER_PUBLIC_BASE</c>; null where any host name will do.</param>
    public UiOrigin(string? publicBase)
    {
        if (publicBase?.IndexOf(ExtensionUiUrl.HashPlaceholder + ".", StringComparison.Ordinal) is not ({ } at and >= 0)) return;
        domain = new Uri(publicBase[..at] + publicBase[(at + ExtensionUiUrl.HashPlaceholder.Length + 1)..]).Host;
    }

    /// <summary>Whether a version may be served under this host name.</summary>
    public bool Admits(HostString host, ContentHash hash) =>
        domain is null
        || (host.Host.Length == LabelLength + 1 + domain.Length
            && host.Host.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
            && host.Host[LabelLength] == '.'
            && host.Host.AsSpan(0, LabelLength).Equals(hash.Digits[..LabelLength], StringComparison.OrdinalIgnoreCase));
}
