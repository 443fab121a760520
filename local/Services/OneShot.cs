using System.Diagnostics;

namespace Alga.Extensions.Services;

/// <summary>What a command wrote and how it ended.</summary>
public sealed record OneShotResult(int ExitCode, string Output, string Error);

/// <summary>Runs a command to its end.</summary>
public static class OneShot
{
    /// <summary>Runs it and collects its output; a cancellation kills it with everything it started.</summary>
    /// <exception cref="ServiceException">There is no such program.</exception>
    public static async Task<OneShotResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        string workingDirectory,
        IReadOnlyDictionary<string, string?>? environment,
        CancellationToken cancellationToken)
    {
        var info = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>()) info.Environment[name] = value;
        using var process = Start(info);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return new OneShotResult(process.ExitCode, await output.ConfigureAwait(false), await error.ConfigureAwait(false));
    }

    private static Process Start(ProcessStartInfo info)
    {
        try
        {
            return Process.Start(info) ?? throw new ServiceException($"{info.FileName} did not start.");
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new ServiceException($"'{info.FileName}' cannot be run: {exception.Message}.", exception);
        }
    }
}
