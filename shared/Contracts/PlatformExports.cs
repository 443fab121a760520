namespace Alga.Extensions.Contracts;

/// <summary>Exports that the platform adds to components when it compiles them; no component may have one itself.</summary>
public static class PlatformExports
{
    /// <summary>A function without parameters that gives the size of the guest's memory in pages of 64 KiB.</summary>
    public const string MemoryPages = "alga-memory-pages";

    /// <summary>Bytes of a page.</summary>
    public const int PageBytes = 64 * 1024;
}
