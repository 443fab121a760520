using System.Runtime.InteropServices;

namespace Alga.Extensions.Runner.Compiler;

/// <summary>The few calls of Linux that the runtime has no API for; numbers are those of setrlimit(2), getrusage(2) and prctl(2).</summary>
internal static class Native
{
    public const int CpuSeconds = 0;
    public const int FileBytes = 1;
    public const int CoreBytes = 4;
    public const int AddressSpaceBytes = 9;

    private const int ThisThread = 1;
    private const int MinorFaults = 8;
    private const int UsageLongs = 18;
    private const int DisableHugePages = 41;

    /// <summary>Lowers a limit of this process; it can never be raised again.</summary>
    /// <exception cref="PlatformNotSupportedException">The operating system did not take it.</exception>
    public static void Limit(int resource, ulong value)
    {
        ulong[] limits = [value, value];
        if (SetLimit(resource, limits) != 0) throw new PlatformNotSupportedException($"The operating system did not take limit {resource}: error {Marshal.GetLastPInvokeError()}.");
    }

    /// <summary>Pages that the current thread touched so far and that had to be brought in without reading from a disk.</summary>
    public static long PageFaults()
    {
        var usage = new long[UsageLongs];
        if (GetUsage(ThisThread, usage) != 0) throw new PlatformNotSupportedException($"The operating system does not count page faults: error {Marshal.GetLastPInvokeError()}.");
        return usage[MinorFaults];
    }

    /// <summary>Makes each touched page count as itself. Where the kernel has no huge pages, they are small already.</summary>
    public static void PreferSmallPages() => _ = Control(DisableHugePages, 1, 0, 0, 0);

    /// <summary>Lets everything else go first. A kernel that refuses leaves only the order of two processes as it was.</summary>
    public static void LowerPriority(int by) => _ = Nice(by);

    [DllImport("libc", EntryPoint = "setrlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetLimit(int resource, ulong[] limits);

    [DllImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetUsage(int who, [Out] long[] usage);

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [DllImport("libc", EntryPoint = "nice", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Nice(int increment);
}
