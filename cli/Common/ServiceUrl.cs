namespace Alga.Extensions.AlgaExt.Common;

/// <summary>URLs that an access token may be sent to.</summary>
internal static class ServiceUrl
{
    /// <summary>The URL, with a slash at its end. A token must not cross a network in the clear.</summary>
    public static Uri Parse(string service, string text)
    {
        if (Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url) && url.UserInfo.Length == 0
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback)))
        {
            return url;
        }

        throw new RefusedException(new CliRefusal(CliRefusal.Usage, $"The {service}'s URL must be https, or http on this machine (127.0.0.1), without a user."));
    }
}
