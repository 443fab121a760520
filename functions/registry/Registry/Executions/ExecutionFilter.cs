using System.Globalization;
using Alga.Extensions.Contracts;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Executions;

/// <summary>Which executions are asked for.</summary>
public sealed record ExecutionFilter
{
    /// <summary>Record-only code of a request whose caller went away before it began.</summary>
    private const string Cancelled = "cancelled";

    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;
    private const int MaxTextLength = 512;
    private static readonly DateTime Earliest = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Smallest and largest status, both included.</summary>
    public int MinStatus { get; init; }

    public int MaxStatus { get; init; } = 999;

    public string? Code { get; init; }

    public string? Endpoint { get; init; }

    public string? User { get; init; }

    /// <summary>First instant that counts.</summary>
    public DateTime From { get; init; } = Earliest;

    /// <summary>First instant that does not count any more; null for none.</summary>
    public DateTime? To { get; init; }

    public ExecutionCursor? After { get; init; }

    public int Limit { get; init; } = DefaultLimit;

    /// <summary>
    /// Reads the query parameters <c>status</c> (such as <c>404</c> or <c>5xx</c>), <c>code</c>, <c>endpoint</c>, <c>user</c>,
    /// <c>from</c> (included) and <c>to</c> (not included, both RFC 3339), <c>cursor</c> and <c>limit</c>.
    /// </summary>
    public static Outcome<ExecutionFilter> Read(HttpRequest request)
    {
        var filter = new ExecutionFilter();
        foreach (var (name, values) in request.Query)
        {
            if (values.Count != 1) return Invalid($"{name} is there more than once; give it once.");
            var value = values[0] ?? "";
            if (value.Length is 0 or > MaxTextLength || value.Contains('\0')) return Invalid($"{name} is empty or too long.");
            var read = Add(filter, name, value);
            if (!read.TryGet(out filter, out var refusal)) return refusal;
        }

        return filter.To <= filter.From ? Invalid("to must be later than from.") : filter;
    }

    private static Outcome<ExecutionFilter> Add(ExecutionFilter filter, string name, string value)
    {
        switch (name)
        {
            case "status" when value is [>= '1' and <= '5', 'x', 'x']:
                return filter with { MinStatus = (value[0] - '0') * 100, MaxStatus = ((value[0] - '0') * 100) + 99 };
            case "status" when Number(value, 100, 599) is { } status:
                return filter with { MinStatus = status, MaxStatus = status };
            case "status":
                return Invalid("status is a number from 100 to 599, or a class such as 5xx.");
            case "code" when value == Cancelled || ErrorTable.All.Any(row => row.Name == value):
                return filter with { Code = value };
            case "code":
                return Invalid("code is an error code of the documentation, such as timeout, or cancelled.");
            case "endpoint":
                return filter with { Endpoint = value };
            case "user":
                return filter with { User = value };
            case "from" when Instant(value) is { } from:
                return filter with { From = from };
            case "to" when Instant(value) is { } to:
                return filter with { To = to };
            case "from" or "to":
                return Invalid($"{name} is an instant such as 2026-03-01T00:00:00Z.");
            case "cursor":
                return ExecutionCursor.TryParse(value, out var cursor) ? filter with { After = cursor } : Invalid("The cursor is not one that this list gave; start again without it.");
            case "limit":
                return Number(value, 1, MaxLimit) is { } limit ? filter with { Limit = limit } : Invalid($"limit is a number from 1 to {MaxLimit}.");
            default:
                return Invalid("A query parameter is not known; use status, code, endpoint, user, from, to, cursor and limit.");
        }
    }

    private static int? Number(string text, int minimum, int maximum) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum ? number : null;

    private static DateTime? Instant(string text) =>
        text.Contains('T') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) && instant.UtcDateTime >= Earliest
            ? instant.UtcDateTime
            : null;

    private static Refusal Invalid(string message) => new(ErrorCode.InvalidRequest, message);
}
