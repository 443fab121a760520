using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Alga.Extensions.Services.Processes;

/// <summary>
/// A child that cannot outlive this process. It leads a session of its own, so that Ctrl-C at the terminal reaches this process
/// only and the children are stopped in order; and the kernel kills it when this process dies, even by SIGKILL
/// (<c>setpriv --pdeathsig</c>), so nothing has to be watched and nothing can be forgotten.
/// </summary>
public sealed class ChildProcess : IDisposable
{
    // The outer shell opens the log, as this user. setpriv then changes the user and asks for the death signal; its order
    // matters, as a change of user would clear the signal. The inner shell closes the gap in which this process could have
    // died before the signal was asked for: its parent is then another one.
    private const string OpenLog = "exec \"$@\" >>\"$0\" 2>&1 </dev/null";
    private const string CheckParent = "[ \"$PPID\" = \"$0\" ] || exit 1; exec \"$@\"";

    private readonly ChildOptions options;
    private readonly Process process;

    private ChildProcess(ChildOptions options, Process process)
    {
        this.options = options;
        this.process = process;
    }

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    /// <summary>Starts the process.</summary>
    /// <exception cref="ServiceException">A tool that is needed for it is missing.</exception>
    public static async Task<ChildProcess> StartAsync(ChildOptions options)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(options.LogFile)!);
        var info = new ProcessStartInfo("setsid") { WorkingDirectory = options.WorkingDirectory };
        foreach (var argument in Command(options)) info.ArgumentList.Add(argument);
        foreach (var (name, value) in options.Environment) info.Environment[name] = value;
        try
        {
            return new ChildProcess(options, await SpawnThread.StartAsync(info).ConfigureAwait(false));
        }
        catch (Win32Exception exception)
        {
            throw new ServiceException($"{options.Name} did not start: 'setsid' cannot be run ({exception.Message}). Install the package util-linux.", exception);
        }
    }

    /// <summary>Completes when the process has ended, with a sentence on how.</summary>
    public async Task<string> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        // .NET reports a death by signal as 128 + signal, as shells do.
        var code = process.ExitCode;
        return code > 128
            ? $"{options.Name} was ended by signal {code - 128}."
            : $"{options.Name} ended with exit code {code}.";
    }

    /// <summary>The end of the log, for messages.</summary>
    public string ReadLogTail() => LogTail.Read(options.LogFile);

    /// <summary>Asks the process to stop, kills its group after the grace period, and returns when it is gone.</summary>
    public async Task StopAsync()
    {
        if (!process.HasExited)
        {
            _ = Native.Kill(process.Id, options.StopSignal);
            using var grace = new CancellationTokenSource(options.StopGrace);
            try
            {
                await process.WaitForExitAsync(grace.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (grace.IsCancellationRequested)
            {
                _ = Native.Kill(process.Id, Native.SigKill);
                await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }

        // Whatever it started and left behind.
        _ = Native.Kill(-process.Id, Native.SigKill);
    }

    public void Dispose() => process.Dispose();

    private static IEnumerable<string> Command(ChildOptions options) =>
    [
        "sh", "-c", OpenLog, options.LogFile,
        "setpriv", .. UnprivilegedUser.SetprivArguments(options.User), "--pdeathsig", "KILL",
        "sh", "-c", CheckParent, Environment.ProcessId.ToString(CultureInfo.InvariantCulture),
        options.FileName, .. options.Arguments,
    ];
}
