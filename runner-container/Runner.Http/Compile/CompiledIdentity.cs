using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Http;

/// <summary>What compiled code was made from and for. All of it goes into the MAC, and its name says which one to look at.</summary>
/// <param name="Bundle">The bundle that holds the component.</param>
/// <param name="WasmDigest">SHA-256 of the component.</param>
/// <param name="Engine">Version and configuration of the engine.</param>
/// <param name="IsMetered">Whether the code counts instructions; the engine's description says it too.</param>
/// <param name="Target">Target triple of the processor and system.</param>
public sealed record CompiledIdentity(ContentHash Bundle, ReadOnlyMemory<byte> WasmDigest, string Engine, bool IsMetered, string Target)
{
    private static readonly string Here = $"{Processor()}-{System()}";

    /// <summary>The identity on this machine.</summary>
    public static CompiledIdentity Of(ContentHash bundle, ReadOnlyMemory<byte> wasmDigest, string engine, bool isMetered = false) =>
        new(bundle, wasmDigest, engine, isMetered, Here);

    /// <summary>
    /// 16 hex digits that name the engine in files and blobs. The key is in them, so that with another key there is another name:
    /// blobs are never replaced, and what the old key made would be in the way.
    /// </summary>
    public string Fingerprint(byte[] key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"alga compiled code, name\n{Engine}")))[..16];

    /// <summary>Name of the blob in the bundle store.</summary>
    public string BlobName(byte[] key) => BundleBlobNames.Compiled(Bundle, Fingerprint(key), Target);

    /// <summary>Name of the file on disk; of the component, since two versions that differ in their assets alone have the same code.</summary>
    public string FileName(byte[] key) => $"{Convert.ToHexStringLower(WasmDigest.Span)}-{Fingerprint(key)}-{Target}";

    private static string Processor() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => "x86_64",
        Architecture.Arm64 => "aarch64",
        var other => other.ToString().ToLowerInvariant(),
    };

    private static string System() =>
        OperatingSystem.IsWindows() ? "pc-windows-msvc"
        : OperatingSystem.IsMacOS() ? "apple-darwin"
        : RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal) ? "unknown-linux-musl"
        : "unknown-linux-gnu";
}
