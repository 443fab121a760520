using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Compiler;
using Alga.Extensions.Runner.Engine;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>
/// Compiles one component in a process of its own. The process gets the component and a bare environment: no settings, no
/// secrets, no connection. It is bounded in memory and processor time by itself, in wall time and output here, and killed with
/// whatever it may have started.
/// </summary>
public sealed class CompilerProcess(CompilerOptions options, TimeProvider time, ILogger<CompilerProcess> logger)
{
    /// <summary>The refusal of a component that takes more to compile than it may.</summary>
    public Refusal TooMuch { get; } = new(
        ErrorCode.BundleUnavailable,
        $"The component takes more than {options.Limits.MemoryMb} MiB of memory or {options.Limits.CpuSeconds} s of processor time to compile. Split very large functions, and build it with size optimisation.");

    /// <summary>The refusal when the compiler itself does not work.</summary>
    public static Refusal NotRun { get; } = new(ErrorCode.BundleUnavailable, "The component cannot be compiled now. Try again later.");

    // Room for the component, the answer and the runtime; what the engine allocates is not the collector's.
    private const string HeapLimit = "0x20000000";

    /// <summary>Gives the answer, or <see cref="TooMuch"/>, <see cref="NotRun"/>, or what the engine refuses.</summary>
    /// <param name="wasm">The component, or the code that components share.</param>
    /// <param name="metered">Whether the code counts its instructions.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <param name="flag"><see cref="CompilerFlags.Shared"/>, <see cref="CompilerFlags.Linked"/>, or null for a whole component.</param>
    public async Task<Outcome<CompilerAnswer>> CompileAsync(ReadOnlyMemory<byte> wasm, bool metered, CancellationToken cancellationToken, string? flag = null)
    {
        var started = time.GetTimestamp();
        using var process = new Process { StartInfo = CreateStartInfo(metered, flag) };
        try
        {
            process.Start();
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or InvalidOperationException)
        {
            CompileLog.NotRun(logger, "it does not start", exception);
            return NotRun;
        }

        using var clock = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        CompilerAnswer? answer;
        try
        {
            answer = await TalkAsync(process, wasm, either.Token);
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return Stopped(wasm.Length, "out of time", started);
        }
        finally
        {
            Kill(process);
        }

        return Judge(process.ExitCode, answer, wasm.Length, started);
    }

    private static async Task<CompilerAnswer?> TalkAsync(Process process, ReadOnlyMemory<byte> wasm, CancellationToken cancellationToken)
    {
        var writing = WriteAsync(process.StandardInput.BaseStream, wasm, cancellationToken);
        // What it has to say may quote the guest, so it goes nowhere.
        var silencing = process.StandardError.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
        var answer = await CompilerAnswer.ReadAsync(process.StandardOutput.BaseStream, cancellationToken);
        if (answer is null) await process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, cancellationToken);
        await Task.WhenAll(writing, silencing);
        await process.WaitForExitAsync(cancellationToken);
        return answer;
    }

    private static async Task WriteAsync(Stream input, ReadOnlyMemory<byte> wasm, CancellationToken cancellationToken)
    {
        try
        {
            await using (input) await input.WriteAsync(wasm, cancellationToken);
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code says why.
        }
    }

    private static void Kill(Process process)
    {
        if (process.HasExited) return;
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    private Outcome<CompilerAnswer> Judge(int exitCode, CompilerAnswer? answer, int wasmBytes, long started)
    {
        switch ((CompilerExit)exitCode)
        {
            case CompilerExit.Compiled when answer is not null:
                CompileLog.Compiled(logger, wasmBytes, answer.Code.Length, answer.Class.ToString(), Since(started));
                return answer;
            case CompilerExit.NotCompilable:
                return GuestEngine.NotCompilable;
            case CompilerExit.NoHandler:
                return GuestComponent.NoHandler;
            case CompilerExit.Misused:
                CompileLog.NotRun(logger, "it does not take its limits", null);
                return NotRun;
            default:
                // A signal of one of its limits, out of memory, a crash, or an answer that is none.
                return Stopped(wasmBytes, $"exit code {exitCode}", started);
        }
    }

    private Refusal Stopped(int wasmBytes, string how, long started)
    {
        CompileLog.Stopped(logger, wasmBytes, how, Since(started));
        return TooMuch;
    }

    private long Since(long started) => (long)time.GetElapsedTime(started).TotalMilliseconds;

    private ProcessStartInfo CreateStartInfo(bool metered, string? flag)
    {
        string?[] flags = [metered ? CompilerFlags.Metered : null, flag];
        var info = new ProcessStartInfo(Dotnet(), [options.Program, .. flags.OfType<string>(), .. options.Limits.ToArguments()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        info.Environment.Clear();
        info.Environment["DOTNET_GCHeapHardLimit"] = HeapLimit;
        info.Environment["DOTNET_gcConcurrent"] = "0";
        info.Environment["DOTNET_EnableDiagnostics"] = "0";
        info.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        return info;
    }

    /// <summary>The <c>dotnet</c> of the runtime that this process itself runs on: <c>root/shared/Microsoft.NETCore.App/version/</c>.</summary>
    private static string Dotnet()
    {
        var runtime = new DirectoryInfo(RuntimeEnvironment.GetRuntimeDirectory());
        return runtime.Parent?.Parent?.Parent is { } root && Path.Combine(root.FullName, "dotnet") is var muxer && File.Exists(muxer) ? muxer : "dotnet";
    }
}
