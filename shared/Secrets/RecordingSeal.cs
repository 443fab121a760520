using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Alga.Extensions.Secrets;

/// <summary>What a sealed recording belongs to. All of it is authenticated, so it opens nowhere else and for no longer.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="InstallId">The install.</param>
/// <param name="ExecutionId">The execution.</param>
/// <param name="ExpiresAt">From when it is not given out any more; whole seconds count.</param>
public sealed record RecordingBinding(Guid TenantId, Guid InstallId, Guid ExecutionId, DateTimeOffset ExpiresAt)
{
    // Not to be taken for a secret's binding, whose first line is another.
    internal byte[] ToBytes() => Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"alga-execution-recording-v1\n{TenantId:D}\n{InstallId:D}\n{ExecutionId:D}\n{ExpiresAt.ToUnixTimeSeconds()}"));
}

/// <summary>Recordings of executions: compressed with Brotli, then sealed with the tenant's key.</summary>
public static class RecordingSeal
{
    /// <summary>Compresses and encrypts.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> key, RecordingBinding binding, ReadOnlySpan<byte> recording)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) brotli.Write(recording);
        return SealedBytes.Seal(key, binding.ToBytes(), compressed.GetBuffer().AsSpan(0, (int)compressed.Length));
    }

    /// <summary>The recording; null when it was sealed for something else, with another key, or was changed since.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> key, RecordingBinding binding, ReadOnlySpan<byte> @sealed)
    {
        if (SealedBytes.Open(key, binding.ToBytes(), @sealed) is not { } compressed) return null;
        using var brotli = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress);
        using var recording = new MemoryStream();
        brotli.CopyTo(recording);
        return recording.ToArray();
    }
}
