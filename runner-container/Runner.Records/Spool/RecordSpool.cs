using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Records;

/// <summary>
/// Records on disk while the database is away: append-only files, each written by one process and taken over by whoever
/// finds it without its writer. Processes may share the folder. Only <see cref="RecordWriter"/>'s thread uses it, except
/// for <see cref="Bytes"/>.
/// </summary>
public sealed class RecordSpool(RecordOptions options, TimeProvider time, ILogger<RecordSpool> logger) : IDisposable
{
    private const string Extension = ".records";
    private const long SegmentBytes = 4L * 1024 * 1024;

    private readonly Queue<(string Path, long Bytes)> closed = new();
    private string? folder;
    private FileStream? current;
    private SpoolSegment? taken;
    private long bytes;

    /// <summary>Whether there is a folder that works.</summary>
    internal bool IsOpen => folder is not null;

    /// <summary>Whether something waits.</summary>
    internal bool HasSegments => current is not null || taken is not null || closed.Count > 0;

    /// <summary>Bytes that wait.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Makes the folder and finds what an earlier process left.</summary>
    internal void Open()
    {
        if (options.SpoolRoot is null) return;
        Guard(() =>
        {
            var root = Path.GetFullPath(options.SpoolRoot);
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(root);
            else Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            foreach (var file in new DirectoryInfo(root).GetFiles("*" + Extension).OrderBy(file => file.Name, StringComparer.Ordinal))
            {
                closed.Enqueue((file.FullName, file.Length));
                Interlocked.Add(ref bytes, file.Length);
            }

            folder = root;
        });
    }

    /// <summary>Appends records and gives how many of them, from the first on, were kept; fewer than all where there is no room or the disk fails.</summary>
    internal int Append(IReadOnlyList<ExecutionRecord> records)
    {
        var kept = 0;
        Guard(() =>
        {
            var buffer = new ArrayBufferWriter<byte>(64 * 1024);
            var fitting = 0;
            foreach (var record in records)
            {
                var before = buffer.WrittenCount;
                SpoolFrames.Write(buffer, record);
                if (Bytes + buffer.WrittenCount > options.SpoolBytes)
                {
                    WriteOut(buffer.WrittenSpan[..before]);
                    kept = fitting;
                    return;
                }

                fitting++;
            }

            WriteOut(buffer.WrittenSpan);
            kept = fitting;
        });
        return kept;
    }

    /// <summary>The oldest file with what it holds; the one that is being written to last. Null when there is none to be had.</summary>
    internal SpoolSegment? TakeOldest()
    {
        if (taken is not null) return taken;
        Guard(() =>
        {
            if (closed.Count == 0 && current is not null) CloseCurrent();
            while (taken is null && closed.TryDequeue(out var file))
            {
                // Whoever else has it brings it in.
                if (!TryTake(file.Path, out taken)) Interlocked.Add(ref bytes, -file.Bytes);
            }
        });
        return taken;
    }

    /// <summary>The database has everything of it.</summary>
    internal void Delete(SpoolSegment segment)
    {
        Guard(() =>
        {
            // Who takes it between the two writes nothing twice.
            segment.Hold.Dispose();
            File.Delete(segment.Path);
        });
        Interlocked.Add(ref bytes, -segment.Bytes);
        taken = null;
    }

    /// <summary>Lets go of all files.</summary>
    internal void Close()
    {
        taken?.Hold.Dispose();
        taken = null;
        current?.Dispose();
        current = null;
        folder = null;
    }

    public void Dispose() => Close();

    private void WriteOut(ReadOnlySpan<byte> frames)
    {
        if (frames.IsEmpty) return;
        current ??= new FileStream(
            Path.Combine(folder!, Guid.CreateVersion7(time.GetUtcNow()).ToString("N") + Extension), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1);
        var whole = current.Length;
        try
        {
            current.Write(frames);
            current.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            // A disk that is full in the middle of a frame: what was not kept must not stand between what was and what will be.
            current.SetLength(whole);
            current.Position = whole;
            throw;
        }

        Interlocked.Add(ref bytes, frames.Length);
        if (current.Length >= SegmentBytes) CloseCurrent();
    }

    private void CloseCurrent()
    {
        closed.Enqueue((current!.Name, current.Length));
        current.Dispose();
        current = null;
    }

    private bool TryTake(string path, [NotNullWhen(true)] out SpoolSegment? segment)
    {
        segment = null;
        FileStream hold;
        try
        {
            hold = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1);
        }
        catch (IOException)
        {
            // Another process has it, or brought it in already.
            return false;
        }

        var content = new byte[hold.Length];
        hold.ReadExactly(content);
        var records = SpoolFrames.Read(content, out var left);
        if (left > 0) Log.TornSegment(logger, Path.GetFileName(path), left);
        segment = new SpoolSegment(path, content.Length, records, hold);
        return true;
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.SpoolUnusable(logger, exception);
        }
    }
}
