using System.Globalization;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Logs;

/// <summary>Shows executions as they arrive. A record is written a moment after its call, so each round looks back a little and leaves out what was shown.</summary>
internal sealed class LogsFollow(RegistryClient client, string path, string query, TextWriter output, bool json)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookBack = TimeSpan.FromSeconds(30);

    private HashSet<string> shown = [];
    private DateTimeOffset? newest;

    /// <summary>Ends when it is cancelled.</summary>
    public async Task<CommandResult> RunAsync(CancellationToken cancellationToken)
    {
        var count = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                count += await ShowNewAsync(cancellationToken).ConfigureAwait(false);
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                break;
            }
        }

        return new CommandResult($"{count} executions.", new JsonObject { ["count"] = count });
    }

    private async Task<int> ShowNewAsync(CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var fresh = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var (_, page) = await client.SendAsync(HttpMethod.Get, path + Query(cursor), null, cancellationToken).ConfigureAwait(false);
            foreach (var item in page["items"]!.AsArray())
            {
                var id = item!["executionId"]!.GetValue<string>();
                if (seen.Add(id) && !shown.Contains(id)) fresh.Add(item);
            }

            cursor = page["nextCursor"]?.GetValue<string>();
        }
        // The first round shows where things stand; from then on none is left out.
        while (cursor is not null && newest is not null);

        for (var i = fresh.Count - 1; i >= 0; i--) Show(fresh[i]);
        shown = seen;
        return fresh.Count;
    }

    private void Show(JsonNode item)
    {
        output.WriteLine(json ? item.ToJsonString() : ExecutionLine.Write(item));
        var at = item["startedAt"]!.GetValue<DateTimeOffset>();
        if (newest is null || at > newest) newest = at;
    }

    private string Query(string? cursor)
    {
        var parts = new List<string>();
        if (query.Length > 0) parts.Add(query[1..]);
        if (newest is { } since) parts.Add("from=" + Uri.EscapeDataString((since - LookBack).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        if (cursor is not null) parts.Add("cursor=" + Uri.EscapeDataString(cursor));
        return parts.Count == 0 ? "" : "?" + string.Join('&', parts);
    }
}
