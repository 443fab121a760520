namespace Alga.Extensions.Contracts;

/// <summary>Where a page of an extension is. The runner serves it, the gateway and host applications build its URL.</summary>
public static class ExtensionUiUrl
{
    /// <summary>Stands for the first <see cref="LabelLength"/> hex digits of the content hash in a public base: <c>https://{hash}.ext.example.com</c>.</summary>
    public const string HashPlaceholder = "{hash}";

    /// <summary>A label of DNS is no longer than 63, and a whole hash is.</summary>
    public const int LabelLength = 32;

    /// <summary>Query parameter that names the list of a tenant's own hosts, see <see cref="HostOrigins.IdOf"/>.</summary>
    public const string HostsParameter = "hosts";

    /// <summary>The URL of a file of a version.</summary>
    /// <param name="publicBase">As in <c>RUNNER_PUBLIC_BASE</c>.</param>
    /// <param name="extensionId">Name of the extension.</param>
    /// <param name="contentHash">Written form of the content hash.</param>
    /// <param name="path">Path in the bundle, such as <c>ui/index.html</c>.</param>
    /// <param name="hosts">Id of the list of hosts that may show it beside the platform's; null for none.</param>
    public static string Build(string publicBase, string extensionId, string contentHash, string path, string? hosts = null)
    {
        var label = contentHash[(contentHash.IndexOf(':', StringComparison.Ordinal) + 1)..][..LabelLength];
        return $"{publicBase.Replace(HashPlaceholder, label, StringComparison.Ordinal).TrimEnd('/')}/ext-ui/{extensionId}/{contentHash}/{path}{(hosts is null ? "" : $"?{HostsParameter}={hosts}")}";
    }

    /// <summary>Whether a text is a public base: scheme and host alone, whose first label may be the placeholder.</summary>
    public static bool IsPublicBase(string text)
    {
        var plain = text.Replace($"://{HashPlaceholder}.", "://any.", StringComparison.Ordinal);
        return Uri.TryCreate(plain, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" && uri.GetLeftPart(UriPartial.Authority) == plain && uri.UserInfo.Length == 0;
    }
}
