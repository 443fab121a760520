using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Paging;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Audit;

/// <summary>Which entries of an audit log are asked for.</summary>
/// <param name="Page">The part of the list; its key is an entry's id.</param>
/// <param name="Target">Only of this target, versions of an extension included; null for all.</param>
/// <param name="Action">Only of this action, or of the group of actions before the dot; null for all.</param>
public sealed record AuditFilter(PageRequest Page, string? Target, string? Action)
{
    private const int MaxTextLength = 300;

    /// <summary>The id after which the page starts, null for the first page.</summary>
    public Guid? Before => Page.After.Length == 0 ? null : Guid.ParseExact(Page.After, "D");

    /// <summary>Reads the query parameters <c>target</c>, <c>action</c>, <c>cursor</c> and <c>limit</c>.</summary>
    public static Outcome<AuditFilter> Read(HttpRequest request)
    {
        if (!PageRequest.Read(request, UuidText.IsValid).TryGet(out var page, out var refusal)) return refusal;
        var (target, action) = (Text(request, "target"), Text(request, "action"));
        if (IsUsable(target) && IsUsable(action)) return new AuditFilter(page, target, action);
        return new Refusal(ErrorCode.InvalidRequest, $"target and action have at most {MaxTextLength} characters and no control characters.");
    }

    private static string? Text(HttpRequest request, string name) => request.Query[name] is [{ Length: > 0 } text, ..] ? text : null;

    // PostgreSQL has no text with a NUL.
    private static bool IsUsable(string? text) => text is null || (text.Length <= MaxTextLength && !text.Any(char.IsControl));
}
