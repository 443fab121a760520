using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Edge;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Maintenance;

/// <summary>Collection of orphaned blobs over HTTP, for those who operate the platform. For jobs, where <see cref="MaintenanceLoop"/> is off.</summary>
public sealed class CollectEndpoint(RegistryEdge edge, BundleCollector collector)
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 500;
    private const int MaxCursorLength = 4 * 1024;

    /// <summary><c>POST /api/registry/maintenance/collect?cursor=&amp;limit=</c>, to be repeated with the answer's cursor until it is done.</summary>
    public Task<IResult> PostAsync(HttpRequest request) => edge.RunAsync("registry.maintenance.collect", request, async call =>
    {
        if (CallerRights.UnlessOperator(call.Caller) is { } forbidden) return forbidden.ToProblem();
        if (!ReadLimit(request).TryGet(out var limit, out var refusal) || !ReadCursor(request).TryGet(out var cursor, out refusal)) return refusal.ToProblem();
        var report = await collector.RunAsync(call.Actor, cursor.Text, limit, call.Aborted).ConfigureAwait(false);
        return RegistryResults.Json(report with { Cursor = Write(report.Cursor) }, RegistryJson.Default.CollectReport);
    });

    private static Outcome<int> ReadLimit(HttpRequest request)
    {
        if (!request.Query.TryGetValue("limit", out var text)) return DefaultLimit;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit
            ? limit
            : new Refusal(ErrorCode.InvalidRequest, $"limit is a whole number from 1 to {MaxLimit}.");
    }

    private static Outcome<StoreCursor> ReadCursor(HttpRequest request)
    {
        if (!request.Query.TryGetValue("cursor", out var values)) return new StoreCursor(null);
        var text = values.ToString();
        // No store writes control characters, and none takes them.
        return text.Length is > 0 and <= MaxCursorLength && Base64Url.IsValid(text) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)) is var cursor && !cursor.Any(char.IsControl)
            ? new StoreCursor(cursor)
            : new Refusal(ErrorCode.InvalidRequest, "cursor is the cursor of an answer to this request; leave it out to start at the beginning.");
    }

    // Stores write their cursors in any characters.
    private static string? Write(string? cursor) => cursor is null ? null : Base64Url.EncodeToString(Encoding.UTF8.GetBytes(cursor));

    private readonly record struct StoreCursor(string? Text);
}
