using System.Threading.Channels;

namespace Alga.Extensions.AlgaExt.Dev;

/// <summary>Changed files of an extension's folder; what builds and tools write is none of them.</summary>
internal sealed class FolderWatch : IDisposable
{
    // An editor's save is several changes, and so is a checkout.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(60);
    private static readonly string[] Ignored = ["dist", "ui", "node_modules", ".alga", ".git"];

    private readonly string root;
    private readonly FileSystemWatcher watcher;
    private readonly Channel<string> changes = Channel.CreateUnbounded<string>();

    public FolderWatch(string root)
    {
        this.root = root;
        watcher = new FileSystemWatcher(root) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.DirectoryName };
        watcher.Changed += (_, change) => Add(change.FullPath);
        watcher.Created += (_, change) => Add(change.FullPath);
        watcher.Deleted += (_, change) => Add(change.FullPath);
        watcher.Renamed += (_, change) => Add(change.FullPath);
        watcher.EnableRaisingEvents = true;
    }

    /// <summary>Waits for a change and gives all that came with it, as paths below the folder.</summary>
    public async Task<IReadOnlySet<string>> NextAsync(CancellationToken cancellationToken)
    {
        var all = new HashSet<string>(StringComparer.Ordinal) { await changes.Reader.ReadAsync(cancellationToken).ConfigureAwait(false) };
        do await Task.Delay(Settle, cancellationToken).ConfigureAwait(false);
        while (Drain(all));
        return all;
    }

    public void Dispose() => watcher.Dispose();

    internal static bool IsIgnored(string path) =>
        Ignored.Contains(path.Split('/')[0], StringComparer.Ordinal) || path.EndsWith('~') || path.EndsWith(".swp", StringComparison.Ordinal);

    private bool Drain(HashSet<string> all)
    {
        var any = false;
        while (changes.Reader.TryRead(out var path)) any |= all.Add(path);
        return any;
    }

    private void Add(string full)
    {
        var path = Path.GetRelativePath(root, full).Replace('\\', '/');
        // A folder's own time changes with what is in it, and that is told too.
        if (!IsIgnored(path) && !Directory.Exists(full)) changes.Writer.TryWrite(path);
    }
}
