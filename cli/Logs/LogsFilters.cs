using System.CommandLine;
using System.CommandLine.Parsing;

namespace Alga.Extensions.AlgaExt.Logs;

/// <summary>Which executions are shown; the registry checks what is given.</summary>
internal sealed class LogsFilters
{
    private readonly List<(string Name, Option<string> Option)> options = [];

    public IEnumerable<Option> Options => options.Select(item => item.Option);

    public static LogsFilters Create()
    {
        var filters = new LogsFilters();
        filters.Add("status", "A status such as 404, or a class such as 5xx.");
        filters.Add("code", "An error code such as timeout, or cancelled.");
        filters.Add("endpoint", "A route template of the manifest.");
        filters.Add("user", "A user's id.");
        filters.Add("from", "First instant, such as 2026-03-01T00:00:00Z.");
        filters.Add("to", "Instant before which they started.");
        filters.Add("cursor", "Where a list before ended, its nextCursor.");
        filters.Add("limit", "How many, 1 to 200; 50 when not given.");
        return filters;
    }

    /// <summary>Whether a part of the log was asked for that does not move on.</summary>
    public bool HasRange(CommandResult result) => options.Any(item => item.Name is "from" or "to" or "cursor" && result.GetValue(item.Option) is not null);

    /// <summary>The query string with its question mark; empty for none.</summary>
    public string ToQuery(ParseResult parsed)
    {
        var parts = options.Where(item => parsed.GetValue(item.Option) is not null).Select(item => $"{item.Name}={Uri.EscapeDataString(parsed.GetValue(item.Option)!)}").ToList();
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }

    private void Add(string name, string description) => options.Add((name, new Option<string>("--" + name) { Description = description }));
}
