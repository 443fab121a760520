using Alga.Extensions.Services;

namespace Alga.Extensions.Chaos;

/// <summary>What can be broken beside the processes themselves: links, clocks, the runners' disk.</summary>
/// <param name="Links">Between all parts.</param>
/// <param name="Clocks">Null where libfaketime is not installed.</param>
/// <param name="Disk">Null where this machine lets nobody mount one.</param>
internal sealed record Breakage(Links Links, SkewedClocks? Clocks, SmallDisk? Disk) : IAsyncDisposable
{
    /// <summary>What the platform has to be told.</summary>
    public IEnumerable<string> Arguments => ["--two", .. Links.Arguments, .. Clocks?.Arguments() ?? [], .. Disk?.Arguments ?? []];

    /// <summary>What cannot be tried on this machine, and what to do about it.</summary>
    public IEnumerable<string> Missing()
    {
        if (Clocks is null) yield return "Not tried: clocks that are wrong. Install the package faketime.";
        if (Disk is null) yield return "Not tried: a full disk. It takes root, or a system on which 'unshare --mount' works for everybody.";
    }

    /// <summary>Finds out what this machine can do.</summary>
    public static async Task<Breakage> PrepareAsync(string folder, int portBase, int seed, CancellationToken cancellationToken)
    {
        if (Environment.GetEnvironmentVariable("DATABASE_URL") is { Length: > 0 }) throw new ServiceException("./chaos breaks a database of its own: unset DATABASE_URL.");
        var disk = new SmallDisk(folder);
        return new Breakage(
            new Links(portBase, seed), SkewedClocks.IsAvailable ? new SkewedClocks(folder) : null, await disk.IsPossibleAsync(cancellationToken) ? disk : null);
    }

    public ValueTask DisposeAsync() => Links.DisposeAsync();
}
