using System.Buffers;
using Alga.Extensions.Bundles;
using Alga.Extensions.Contracts;
using Alga.Extensions.Signing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Alga.Extensions.Registry.Publish;

/// <summary>
/// Reads a publish request as it streams in: <c>multipart/form-data</c> with the part <c>envelope</c> and then the part
/// <c>bundle</c>. The bundle goes to a file; memory stays bounded whatever is sent.
/// </summary>
public static class PublishRequestReader
{
    /// <summary>Largest envelope, in bytes.</summary>
    public const int MaxEnvelopeBytes = EnvelopeVerifier.MaxBytes;

    // Boundaries and part headers.
    private const int MaxFramingBytes = 64 * 1024;
    private const int MaxBoundaryLength = 70;
    private const int BufferBytes = 64 * 1024;

    private static readonly long MaxRequestBytes = BundleLimits.Default.MaxStoredBytes + MaxEnvelopeBytes + MaxFramingBytes;

    /// <summary>Reads both parts, or says what is wrong with the request.</summary>
    public static async Task<Outcome<PublishUpload>> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxRequestBytes) return TooLarge("The request", MaxRequestBytes);
        if (FindBoundary(request) is not { } boundary)
        {
            return new Refusal(ErrorCode.InvalidRequest, "Send multipart/form-data with the parts envelope and bundle, in this order.");
        }

        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 8, HeadersLengthLimit = 4096, BodyLengthLimit = null };
        using var envelope = new MemoryStream();
        if (await ReadPartAsync(reader, "envelope", envelope, MaxEnvelopeBytes, cancellationToken).ConfigureAwait(false) is { } refusal) return refusal;
        var bundle = TemporaryFile.Create();
        try
        {
            if (await ReadPartAsync(reader, "bundle", bundle, BundleLimits.Default.MaxStoredBytes, cancellationToken).ConfigureAwait(false) is { } broken) return broken;
            var (next, cutOff) = await NextAsync(reader, cancellationToken).ConfigureAwait(false);
            if (cutOff is not null) return cutOff;
            if (next is not null) return new Refusal(ErrorCode.InvalidRequest, "There is a part after bundle; send envelope and bundle only.");
            bundle.Position = 0;
            var upload = new PublishUpload(envelope.ToArray(), bundle);
            bundle = null;
            return upload;
        }
        finally
        {
            if (bundle is not null) await bundle.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static string? FindBoundary(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return null;
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)) return null;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        return boundary is { Length: > 0 and <= MaxBoundaryLength } ? boundary : null;
    }

    private static async Task<Refusal?> ReadPartAsync(
        MultipartReader reader, string name, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
        var (section, cutOff) = await NextAsync(reader, cancellationToken).ConfigureAwait(false);
        if (cutOff is not null) return cutOff;
        if (section is null || NameOf(section) != name)
        {
            return new Refusal(ErrorCode.InvalidRequest, $"The part {name} is missing; send the parts envelope and bundle, in this order.");
        }

        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (long length = 0; ;)
            {
                var (read, broken) = await GuardAsync(() => section.Body.ReadAsync(buffer, cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
                if (broken is not null) return broken;
                if (read == 0) return length > 0 ? null : new Refusal(ErrorCode.InvalidRequest, $"The part {name} is empty.");
                length += read;
                if (length > maxBytes) return TooLarge($"The part {name}", maxBytes);
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string? NameOf(MultipartSection section) =>
        ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) && disposition.DispositionType == "form-data"
            ? HeaderUtilities.RemoveQuotes(disposition.Name).Value
            : null;

    private static Task<(MultipartSection? Section, Refusal? Refusal)> NextAsync(MultipartReader reader, CancellationToken cancellationToken) =>
        GuardAsync(() => reader.ReadNextSectionAsync(cancellationToken), cancellationToken);

    /// <summary>Only reads of the request come here, so what fails is the request and not our disk.</summary>
    private static async Task<(T? Value, Refusal? Refusal)> GuardAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return (await read().ConfigureAwait(false), null);
        }
        catch (Exception exception) when (
            exception is InvalidDataException or IOException and not BadHttpRequestException && !cancellationToken.IsCancellationRequested)
        {
            return (default, new Refusal(ErrorCode.InvalidRequest, "The multipart body is malformed or was cut off; send it again."));
        }
    }

    private static Refusal TooLarge(string what, long maxBytes) =>
        new(ErrorCode.BodyTooLarge, $"{what} has more than {maxBytes} bytes; make it smaller.");
}
