using Alga.Extensions.Contracts;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>Log lines of compiling. Event ids 3340-3359; never reuse one.</summary>
internal static partial class CompileLog
{
    [LoggerMessage(3340, LogLevel.Information, "Compiled a component of {WasmBytes} bytes to {CodeBytes} bytes, class {GuestClass}, in {Milliseconds} ms")]
    public static partial void Compiled(ILogger logger, int wasmBytes, int codeBytes, string guestClass, long milliseconds);

    [LoggerMessage(3341, LogLevel.Warning, "The compiler was stopped at a component of {WasmBytes} bytes ({How}) after {Milliseconds} ms")]
    public static partial void Stopped(ILogger logger, int wasmBytes, string how, long milliseconds);

    [LoggerMessage(3342, LogLevel.Error, "The compiler cannot be run: {Reason}")]
    public static partial void NotRun(ILogger logger, string reason, Exception? exception);

    [LoggerMessage(3343, LogLevel.Warning, "The compiled form of {ContentHash} in the bundle store cannot be used: its MAC does not match or this processor cannot run it. Delete {Blob} to have it made anew")]
    public static partial void BlobUnusable(ILogger logger, ContentHash contentHash, string blob);

    [LoggerMessage(3344, LogLevel.Warning, "The bundle store did not serve or take the compiled form of {ContentHash}; going on without it")]
    public static partial void BlobUnavailable(ILogger logger, ContentHash contentHash, Exception exception);

    [LoggerMessage(3345, LogLevel.Information, "Compiled {ContentHash} ahead of its first install")]
    public static partial void CompiledAhead(ILogger logger, ContentHash contentHash);

    [LoggerMessage(3346, LogLevel.Warning, "Compiling {ContentHash} ahead of its first install failed")]
    public static partial void AheadFailed(ILogger logger, ContentHash contentHash, Exception exception);

    [LoggerMessage(3347, LogLevel.Warning, "The bundle store did not take the mark that this runner uses compiled code; after {Days} days without one it is deleted there and compiled anew")]
    public static partial void NotMarked(ILogger logger, int days, Exception exception);

    [LoggerMessage(3348, LogLevel.Information, "Deleted {Files} files of {Bytes} bytes from the cache of compiled components: made for another engine, key or machine and not used for {Days} days")]
    public static partial void Expired(ILogger logger, int files, long bytes, int days);
}
