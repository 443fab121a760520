using System.Diagnostics;
using System.Formats.Tar;
using System.Text;

namespace Alga.Extensions.Bundles.Tests.Differential;

/// <summary>
/// What other readers list of an archive, one line for each entry: kind, size, name. Null where the reader refuses the archive.
/// Kind is <c>-</c> for a regular file, else something else.
/// </summary>
internal static class OtherReaders
{
    private const string Script = """
        import io, sys, tarfile
        try:
            # From memory: a stream it would read to the end of whatever size a header claims.
            with tarfile.open(fileobj=io.BytesIO(sys.stdin.buffer.read()), mode="r:") as archive:
                for entry in archive:
                    sys.stdout.buffer.write(b"%s %d %s\n" % (b"-" if entry.isreg() else b"?", entry.size, entry.name.encode("utf-8", "surrogateescape")))
        except tarfile.TarError as fault:
            sys.exit(2)
        """;

    /// <summary>Whether Python is there; it is no requirement of this repository.</summary>
    public static bool HasPython { get; } = FindPython();

    /// <summary>.NET's own reader.</summary>
    public static async Task<IReadOnlyList<string>?> DotnetAsync(byte[] tar)
    {
        try
        {
            using var archive = new TarReader(new MemoryStream(tar));
            var lines = new List<string>();
            while (await archive.GetNextEntryAsync() is { } entry)
            {
                lines.Add($"{(entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile ? '-' : '?')} {entry.Length} {entry.Name}");
            }

            return lines;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or FormatException or ArgumentException or ArithmeticException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>GNU tar.</summary>
    public static async Task<IReadOnlyList<string>?> GnuAsync(byte[] tar)
    {
        var (exitCode, output) = await RunAsync("tar", ["--list", "--verbose", "--numeric-owner", "--quoting-style=literal", "--utc", "--file=-"], tar);
        // -rw-r--r-- 0/0   size date time name; anything else is told as it is, and is no list of ours.
        return exitCode != 0 ? null : [.. output.Select(line => line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries) is [var mode, _, var size, _, _, var name] ? $"{mode[0]} {size} {name}" : line)];
    }

    /// <summary>Python's <c>tarfile</c>.</summary>
    public static async Task<IReadOnlyList<string>?> PythonAsync(byte[] tar)
    {
        var (exitCode, output) = await RunAsync("python3", ["-c", Script], tar);
        return exitCode != 0 ? null : output;
    }

    private static bool FindPython()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("python3", ["-c", "import tarfile"]) { RedirectStandardError = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Runs a program with an archive as its input and gives the lines of its output.</summary>
    internal static async Task<(int ExitCode, string[] Output)> RunAsync(string program, IReadOnlyList<string> arguments, byte[] input)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            Environment = { ["LC_ALL"] = "C" },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has read enough to refuse the archive.
        }

        await process.WaitForExitAsync();
        await errors;
        return (process.ExitCode, (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
