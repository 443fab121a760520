using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Runner.Http;

/// <summary>What compiled code was made from and for. All of it goes into the MAC, and its name says which one to look at.</summary>
/// <param name="Source">The bundle that holds the component; of code that components share, the hash of the code itself.</param>
/// <param name="WasmDigest">SHA-256 of the component or code.</param>
/// <param name="Engine">Version and configuration of the engine.</param>
/// <param name="IsMetered">Whether the code counts instructions; the engine's description says it too.</param>
/// <param name="Target">Target triple of the processor and system.</param>
/// <param name="IsShared">Whether it is code that components share.</param>
public sealed record CompiledIdentity(ContentHash Source, ReadOnlyMemory<byte> WasmDigest, string Engine, bool IsMetered, string Target, bool IsShared)
{
    private static readonly string Here = $"{Processor()}-{System()}";

    /// <summary>The identity of a component on this machine.</summary>
    public static CompiledIdentity Of(ContentHash bundle, ReadOnlyMemory<byte> wasmDigest, string engine, bool isMetered = false) =>
        new(bundle, wasmDigest, engine, isMetered, Here, IsShared: false);

    /// <summary>The identity of shared code on this machine.</summary>
    public static CompiledIdentity OfShared(ReadOnlyMemory<byte> digest, string engine, bool isMetered) =>
        new(ContentHash.FromDigest(digest.Span), digest, engine, isMetered, Here, IsShared: true);

    /// <summary>
    /// 16 hex digits that name the engine in files and blobs. The key is in them, so that with another key there is another name:
    /// blobs are never replaced, and what the old key made would be in the way.
    /// </summary>
    public string Fingerprint(byte[] key) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"alga compiled code, name\n{Engine}")))[..16];

    /// <summary>What the names of its file and blob say of engine, configuration, key and machine.</summary>
    public CompiledVariant Variant(byte[] key) => new(Fingerprint(key), Target);

    /// <summary>What code has that this machine compiles with an engine of this description.</summary>
    public static CompiledVariant VariantHere(string engine, byte[] key) => Of(default, default, engine).Variant(key);

    /// <summary>Name of the blob in the bundle store.</summary>
    public string BlobName(byte[] key) =>
        IsShared ? BundleBlobNames.SharedCode(Source, Fingerprint(key), Target) : BundleBlobNames.Compiled(Source, Fingerprint(key), Target);

    /// <summary>Name of the file on disk; of the component, since two versions that differ in their assets alone have the same code.</summary>
    public string FileName(byte[] key) => Convert.ToHexStringLower(WasmDigest.Span) + FileSuffix(Variant(key));

    /// <summary>How the names of all files of a variant end.</summary>
    public static string FileSuffix(CompiledVariant variant) => $"-{variant.Fingerprint}-{variant.Target}";

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
