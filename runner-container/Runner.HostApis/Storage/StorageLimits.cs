namespace Alga.Extensions.Runner.HostApis;

/// <summary>Limits of interface <c>storage</c>.</summary>
public static class StorageLimits
{
    /// <summary>Longest key, in bytes of UTF-8.</summary>
    public const int MaxKeyBytes = 512;

    /// <summary>Largest value, in bytes of UTF-8.</summary>
    public const int MaxValueBytes = 256 * 1024;

    /// <summary>Deepest nesting of a value.</summary>
    public const int MaxValueDepth = 64;

    /// <summary>Entries of one page.</summary>
    public const int MaxPageEntries = 200;

    /// <summary>Values of one page together, in bytes; a page holds at least one entry whatever its size.</summary>
    public const int MaxPageBytes = 4 * 1024 * 1024;

    /// <summary>Changes of one commit.</summary>
    public const int MaxChanges = 100;

    /// <summary>Values of one commit together, in bytes.</summary>
    public const int MaxCommitBytes = 4 * 1024 * 1024;

    /// <summary>Longest time to live, in seconds: ten years.</summary>
    public const uint MaxTtlSeconds = 10 * 366 * 24 * 3600;

    /// <summary>Expired entries that one write deletes for good.</summary>
    public const int MaxPurgedEntries = 200;

    /// <summary>Longest time of one call, if the invocation has that much left.</summary>
    public static readonly TimeSpan MaxCallTime = TimeSpan.FromSeconds(2);
}
