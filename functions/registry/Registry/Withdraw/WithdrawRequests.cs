using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Withdraw;

/// <summary>Body of <c>POST .../versions/{version}/yank</c>.</summary>
/// <param name="Reason">Why nobody should install it any more, 1 to 500 characters.</param>
public sealed record YankRequest(string Reason);

/// <summary>Body of <c>POST /api/registry/extensions/{name}/deprecate</c>.</summary>
/// <param name="Message">What to do instead, 1 to 500 characters.</param>
public sealed record DeprecateRequest(string Message);

/// <summary>What people are told goes to terminals, pages and logs: one short paragraph.</summary>
internal static class Notice
{
    /// <summary>Longest notice, in characters.</summary>
    public const int MaxLength = 500;

    /// <summary>A refusal, or null for a text that will do.</summary>
    public static Refusal? FindFault(string member, string text) =>
        text.Length <= MaxLength && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl)
            ? null
            : new Refusal(ErrorCode.InvalidRequest, $"{member} has 1 to {MaxLength} characters and no control characters, so no line breaks either.");
}
