using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Alga.Extensions.AlgaExt.Common;

/// <summary>What another program did.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Standard output and standard error, as they came.</param>
internal sealed record ToolRun(int ExitCode, string Output);

/// <summary>Runs the programs that an extension's folder needs, such as npm. They get no shell and no input.</summary>
internal static class Tool
{
    /// <summary>Runs a program to its end; null when it is not installed.</summary>
    public static async Task<ToolRun?> TryRunAsync(string program, IEnumerable<string> arguments, string folder, CancellationToken cancellationToken)
    {
        var output = new StringBuilder();
        var gate = new Lock();
        void Add(string? line)
        {
            if (line is null) return;
            lock (gate) output.AppendLine(line);
        }

        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        // What it says ends up in an answer or a log, not on a terminal of its own.
        process.StartInfo.Environment["NO_COLOR"] = "1";
        process.StartInfo.Environment.Remove("FORCE_COLOR");
        process.OutputDataReceived += (_, line) => Add(line.Data);
        process.ErrorDataReceived += (_, line) => Add(line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }

        return new ToolRun(process.ExitCode, output.ToString());
    }

    /// <summary>Runs a program that has to work; otherwise the command is refused with what it said.</summary>
    public static async Task<ToolRun> RunAsync(string code, string program, IReadOnlyList<string> arguments, string folder, CancellationToken cancellationToken)
    {
        var shown = $"{program} {string.Join(' ', arguments)}";
        if (await TryRunAsync(program, arguments, folder, cancellationToken).ConfigureAwait(false) is not { } run)
        {
            throw new RefusedException(new CliRefusal("tool_missing", $"'{program}' is not installed; 'alga-ext doctor' says what to do."));
        }

        return run.ExitCode == 0
            ? run
            : throw new RefusedException(new CliRefusal(code, $"'{shown}' failed with exit code {run.ExitCode} in {folder}.", [.. run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(40)]));
    }
}
