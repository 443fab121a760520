using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Headers of every answer below <c>/ext-ui</c>, also of one that refuses: a page from here runs its own scripts and shows its own
/// pictures, and reaches nothing else. It has the opaque origin of a sandbox even where it is opened outside a frame.
/// </summary>
public sealed class UiHeaders
{
    private static readonly StringValues PermissionsPolicy = string.Join(", ", new[]
    {
        "accelerometer", "autoplay", "bluetooth", "camera", "clipboard-read", "clipboard-write", "display-capture", "encrypted-media", "fullscreen",
        "geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
        "publickey-credentials-get", "screen-wake-lock", "serial", "storage-access", "usb", "web-share", "xr-spatial-tracking",
    }.Select(feature => $"{feature}=()"));

    private static readonly StringValues NoSniff = "nosniff";
    private static readonly StringValues AnyOrigin = "*";
    private static readonly StringValues CrossOrigin = "cross-origin";
    private static readonly StringValues NoReferrer = "no-referrer";
    private static readonly StringValues Connections = "(response-origin); webrtc=block";

    private readonly StringValues contentSecurityPolicy;

    /// <param name="frameAncestors">Origins of hosts that may show the pages; none: nobody may.</param>
    public UiHeaders(IReadOnlyList<string> frameAncestors) => contentSecurityPolicy =
        "sandbox allow-scripts; default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors " + (frameAncestors.Count == 0 ? "'none'" : string.Join(' ', frameAncestors));

    /// <summary>Sets them.</summary>
    public void Set(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = contentSecurityPolicy;
        headers.XContentTypeOptions = NoSniff;
        headers["Permissions-Policy"] = PermissionsPolicy;
        headers["Referrer-Policy"] = NoReferrer;
        // A sandboxed page has the origin "null": its module scripts and fonts are requests across origins.
        headers.AccessControlAllowOrigin = AnyOrigin;
        headers["Cross-Origin-Resource-Policy"] = CrossOrigin;
        // `connect-src` does not stop WebRTC, by which a page could send UDP anywhere. This does, in browsers that know it.
        headers["Connection-Allowlist"] = Connections;
    }
}
