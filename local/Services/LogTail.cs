namespace Alga.Extensions.Services;

/// <summary>The end of a log file, for messages.</summary>
public static class LogTail
{
    private const int MaxBytes = 16 * 1024;

    /// <summary>The last lines, indented; a note when there are none.</summary>
    public static string Read(string logFile, int lines = 15)
    {
        if (!File.Exists(logFile)) return $"  (no log at {logFile})";
        using var stream = new FileStream(logFile, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(-Math.Min(stream.Length, MaxBytes), SeekOrigin.End);
        using var reader = new StreamReader(stream);
        var text = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return text.Length == 0
            ? $"  (nothing in {logFile})"
            : $"  last lines of {logFile}:\n" + string.Join('\n', text.TakeLast(lines).Select(line => "    " + line));
    }
}
