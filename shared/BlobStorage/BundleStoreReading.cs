namespace Alga.Extensions.BlobStorage;

/// <summary>Reads small blobs into memory.</summary>
public static class BundleStoreReading
{
    /// <summary>A blob's bytes, or null when there is none.</summary>
    /// <exception cref="InvalidDataException">The blob is larger than what was ever written to such a name.</exception>
    public static async Task<byte[]?> ReadAsync(this IBundleStore store, string name, int maxBytes, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenReadAsync(name, cancellationToken).ConfigureAwait(false);
        if (stream is null) return null;
        var buffer = new byte[maxBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return length <= maxBytes ? buffer[..length] : throw new InvalidDataException($"Blob {name} has more than {maxBytes} bytes.");
    }
}
