using System.Globalization;

namespace Alga.Extensions.Chaos;

/// <summary>
/// Clocks that are wrong, by libfaketime in the processes of <see cref="Parts"/>: only the time of day, never the measuring of
/// durations, as a machine whose clock was set has it.
/// </summary>
internal sealed class SkewedClocks(string folder)
{
    /// <summary>As the dynamic linker looks for it; <c>$LIB</c> is its own word for the architecture's folder.</summary>
    private const string Library = "/usr/$LIB/faketime/libfaketimeMT.so.1";

    /// <summary>One machine of each kind; the first gateway and the first runner keep the right time.</summary>
    public static readonly IReadOnlyList<string> Parts = ["gateway-2", "runner-2", "registry"];

    /// <summary>How long a process goes on with what it read of its file.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(1.5);

    /// <summary>Whether the library is installed.</summary>
    public static bool IsAvailable { get; } = Directory.Exists("/usr/lib")
        && Directory.EnumerateDirectories("/usr/lib").Append("/usr/lib64").Any(lib => File.Exists(Path.Combine(lib, "faketime", Path.GetFileName(Library))));

    /// <summary>What the platform has to be told, so that the parts' clocks can be moved.</summary>
    public IEnumerable<string> Arguments() => Parts.SelectMany(ArgumentsOf);

    /// <summary>Moves a part's clock, and returns when the part has noticed.</summary>
    /// <param name="part">One of <see cref="Parts"/>.</param>
    /// <param name="seconds">Ahead of the others; negative: behind them.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task SetAsync(string part, int seconds, CancellationToken cancellationToken)
    {
        Write(part, seconds);
        await Task.Delay(Noticed, cancellationToken);
    }

    private IEnumerable<string> ArgumentsOf(string part)
    {
        Write(part, 0);
        string[] settings =
        [
            "LD_PRELOAD=" + Library, "FAKETIME_TIMESTAMP_FILE=" + FileOf(part), "FAKETIME_CACHE_DURATION=1", "FAKETIME_DONT_FAKE_MONOTONIC=1",
            // Without this, waiting with a time limit ends at once in .NET, whose conditions go by the monotonic clock.
            "FAKETIME_FORCE_MONOTONIC_FIX=0",
        ];
        return settings.SelectMany(setting => new[] { "--set", $"{part}:{setting}" });
    }

    private void Write(string part, int seconds)
    {
        var fresh = FileOf(part) + ".new";
        File.WriteAllText(fresh, seconds.ToString("+0;-0;+0", CultureInfo.InvariantCulture) + "\n");
        File.Move(fresh, FileOf(part), overwrite: true);
    }

    private string FileOf(string part) => Path.Combine(folder, part + ".clock");
}
