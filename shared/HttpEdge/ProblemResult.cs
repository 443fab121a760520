using System.Globalization;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.HttpEdge;

/// <summary>A refusal as <c>application/problem+json</c> (RFC 9457), with the status of its code in <see cref="ErrorTable"/>.</summary>
public sealed class ProblemResult(Refusal refusal) : IResult, IStatusCodeHttpResult
{
    private static readonly TimeSpan DefaultRetryAfter = TimeSpan.FromSeconds(1);

    private readonly ErrorDescription description = ErrorTable.Describe(refusal.Code);

    /// <summary>Takes <see cref="ErrorDescription.RegistryStatus"/> where the table has one.</summary>
    public bool AtRegistry { get; init; }

    /// <summary>Single faults where there can be several.</summary>
    public IReadOnlyList<string>? Errors { get; init; }

    /// <summary>When to try again, in whole seconds; 429 and 503 say one second where neither this nor the answer's header does.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The refusal that is answered.</summary>
    public Refusal Refusal => refusal;

    public int? StatusCode => Status;

    private int Status => AtRegistry ? description.RegistryStatus ?? description.Status : description.Status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        if (Status == StatusCodes.Status401Unauthorized) response.Headers.WWWAuthenticate = "Bearer";
        var isBusy = Status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable;
        if (RetryAfter is not null || (isBusy && response.Headers.RetryAfter.Count == 0))
        {
            var seconds = Math.Ceiling((RetryAfter ?? DefaultRetryAfter).TotalSeconds);
            response.Headers.RetryAfter = Math.Max(1, seconds).ToString("0", CultureInfo.InvariantCulture);
        }

        var body = new ProblemBody
        {
            Code = description.Name,
            Title = description.Title,
            Status = Status,
            Detail = refusal.Message,
            RequestId = response.Headers[WireHeaders.RequestId].ToString(),
            Errors = Errors,
        };
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, ProblemJson.Readable.ProblemBody);
        response.ContentLength = bytes.Length;
        // In no other case: to the server, `head` is a method like any other, and its answer has a body.
        if (httpContext.Request.Method != HttpMethods.Head) await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
