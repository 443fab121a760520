using System.Globalization;

namespace Alga.Extensions.Runner.Compiler;

/// <summary>
/// What the compiler may use of the machine. It gives itself these limits before it looks into a component, so they
/// need neither root nor control groups, and nothing that the component does can lift them again.
/// </summary>
/// <param name="MemoryMb">Memory beyond what a runtime and an engine at rest have, 64 to 16,384 MiB.</param>
/// <param name="CpuSeconds">Time of processors, 1 to 600 s.</param>
public sealed record CompilerLimits(int MemoryMb, int CpuSeconds)
{
    // The answer, should it go to a file; the image of a guest's memory that all its instances share is one as well.
    private const ulong LargestFile = CompilerAnswer.MaxCodeBytes + (1024 * 1024);
    private const int LowPriority = 10;

    /// <summary>The command line that <see cref="TryParse"/> reads.</summary>
    public IReadOnlyList<string> ToArguments() =>
        ["--memory-mb", MemoryMb.ToString(CultureInfo.InvariantCulture), "--cpu-seconds", CpuSeconds.ToString(CultureInfo.InvariantCulture)];

    /// <summary>Reads the command line; null when it is not exactly as documented.</summary>
    public static CompilerLimits? TryParse(IReadOnlyList<string> arguments) =>
        arguments is ["--memory-mb", var memory, "--cpu-seconds", var seconds]
        && int.TryParse(memory, NumberStyles.None, CultureInfo.InvariantCulture, out var memoryMb) && memoryMb is >= 64 and <= 16_384
        && int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var cpuSeconds) && cpuSeconds is >= 1 and <= 600
            ? new CompilerLimits(memoryMb, cpuSeconds)
            : null;

    /// <summary>Takes effect for this process, now and for good.</summary>
    /// <exception cref="PlatformNotSupportedException">The operating system has no such limits, or did not take one.</exception>
    public void Apply()
    {
        if (!OperatingSystem.IsLinux()) throw new PlatformNotSupportedException("Components are compiled on Linux only: the limits of the compiler are Linux's.");
        // Where memory gets short, it is this process that goes and not the one that serves requests. Where /proc is not writable, the limits below remain.
        TryWrite("/proc/self/oom_score_adj", "1000");
        Native.LowerPriority(LowPriority);
        Native.Limit(Native.CoreBytes, 0);
        Native.Limit(Native.FileBytes, LargestFile);
        Native.Limit(Native.CpuSeconds, (ulong)CpuSeconds);
        // Pools and the garbage collector have reserved their address space by now; what is limited is what compiling adds.
        Native.Limit(Native.AddressSpaceBytes, AddressSpaceBytes() + ((ulong)MemoryMb * 1024 * 1024));
    }

    private static ulong AddressSpaceBytes()
    {
        // proc(5): the first number is the size of the address space, in pages.
        var pages = File.ReadAllText("/proc/self/statm").Split(' ')[0];
        return ulong.Parse(pages, CultureInfo.InvariantCulture) * (ulong)Environment.SystemPageSize;
    }

    private static void TryWrite(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Only a preference, and the caller's comment says what holds without it.
        }
    }
}
