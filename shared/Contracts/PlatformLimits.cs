namespace Alga.Extensions.Contracts;

/// <summary>Limits that two or more components share; <c>docs/limits.md</c> lists them with those of one component.</summary>
public static class PlatformLimits
{
    /// <summary>Largest request or response body of an extension endpoint, in bytes, when it is UTF-8 text.</summary>
    public const int MaxTextBodyBytes = 10 * 1024 * 1024;

    /// <summary>Largest body that is not UTF-8, in bytes: it crosses the sandbox boundary byte by byte.</summary>
    public const int MaxBinaryBodyBytes = 256 * 1024;

    /// <summary>Names and values of all headers of a message together, in bytes.</summary>
    public const int MaxHeaderBytes = 16 * 1024;

    /// <summary>Number of headers of a message.</summary>
    public const int MaxHeaderCount = 64;

    /// <summary>Path and query of a request together, in bytes.</summary>
    public const int MaxPathAndQueryBytes = 8 * 1024;

    /// <summary>Guest time when neither manifest nor install says otherwise, in milliseconds.</summary>
    public const int DefaultTimeoutMs = 3_000;

    /// <summary>Largest guest time, in milliseconds.</summary>
    public const int MaxTimeoutMs = 30_000;

    /// <summary>Guest memory when the manifest does not say otherwise, in MiB.</summary>
    public const int DefaultMemoryMb = 64;

    /// <summary>Largest guest memory, in MiB.</summary>
    public const int MaxMemoryMb = 256;

    /// <summary>How long a delivery of an event, or a run of a schedule, is tried at all.</summary>
    public static readonly TimeSpan DeliveryLifetime = TimeSpan.FromDays(3);
}
