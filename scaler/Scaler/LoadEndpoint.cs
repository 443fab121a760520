using Alga.Extensions.LoadReports;
using Alga.Extensions.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Scaler;

/// <summary>Takes reports of gateways and runners.</summary>
internal sealed class LoadEndpoint(LoadBook book, SecretVault vault, ILogger<LoadEndpoint> logger)
{
    /// <summary>204 when it counts; 401, 400, 409 or 413 when not; 503 while there is no key.</summary>
    public async Task<IResult> TakeAsync(HttpRequest request)
    {
        var buffer = new byte[LoadReport.MaxBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        if (length > LoadReport.MaxBytes) return Refuse("it is too long", StatusCodes.Status413PayloadTooLarge);
        var bytes = buffer.AsMemory(0, length);

        byte[] key;
        try
        {
            key = await vault.GetRequiredBytesAsync(LoadReportKey.SecretName, request.HttpContext.RequestAborted);
        }
        catch (SecretUnavailableException exception)
        {
            Log.KeyMissing(logger, exception);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        if (!LoadReportKey.Verify(key, bytes.Span, request.Headers.Authorization)) return Refuse("its MAC is not the key's", StatusCodes.Status401Unauthorized);
        if (LoadReport.Parse(bytes.Span) is not { } report) return Refuse("it is no report", StatusCodes.Status400BadRequest);
        return book.Take(report) ? Results.NoContent() : Refuse("it is old, or of a clock that is off, or of one process too many", StatusCodes.Status409Conflict);
    }

    private IResult Refuse(string reason, int status)
    {
        Log.ReportRefused(logger, reason);
        return Results.StatusCode(status);
    }
}
