using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>Limits of interface <c>http</c>.</summary>
public static class FetchLimits
{
    /// <summary>Requests of one invocation; redirects do not count.</summary>
    public const int MaxRequests = 50;

    /// <summary>Requests of one tenant at the same time, on one runner.</summary>
    public const int MaxConcurrentPerTenant = 16;

    /// <summary>Redirects that are followed.</summary>
    public const int MaxRedirects = 3;

    /// <summary>Longest URL, in characters.</summary>
    public const int MaxUrlLength = 8 * 1024;

    /// <summary>Largest body of a request or of a decoded answer, in bytes, when it is UTF-8 text.</summary>
    public const int MaxTextBytes = PlatformLimits.MaxTextBodyBytes;

    /// <summary>Largest body that is not UTF-8, in bytes.</summary>
    public const int MaxBinaryBytes = PlatformLimits.MaxBinaryBodyBytes;

    /// <summary>Names and values of a request's headers with secrets in them, in bytes: the longest secret, and as much as without.</summary>
    public const int MaxFilledHeaderBytes = PlatformLimits.MaxHeaderBytes + (24 * 1024);

    /// <summary>Headers of an answer: number, and names and values together in KiB.</summary>
    public const int MaxResponseHeaders = 128;
    public const int MaxResponseHeaderKb = 32;

    /// <summary>Time for a name, a connection and its TLS handshake.</summary>
    public static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(5);

    /// <summary>Time from the request to the first byte of its answer.</summary>
    public static readonly TimeSpan FirstByteTime = TimeSpan.FromSeconds(15);

    /// <summary>Time of a whole call when the guest names none; never more than the invocation has left.</summary>
    public static readonly TimeSpan DefaultTime = TimeSpan.FromSeconds(10);
}
