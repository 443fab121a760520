using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Search;

/// <summary><c>alga-ext search</c>: looks for extensions in the registry.</summary>
internal static class SearchCommand
{
    public static Command Create()
    {
        var words = new Argument<string[]>("words") { Description = "Words that all have to be there; all extensions when none is given.", Arity = ArgumentArity.ZeroOrMore };
        var publisher = new Option<string>("--publisher") { Description = "Only extensions of this publisher." };
        var limit = new Option<int>("--limit") { Description = "Number of extensions on a page, 1 to 200.", DefaultValueFactory = _ => 20 };
        var cursor = new Option<string>("--cursor") { Description = "Where to go on: the cursor that the page before ended with." };
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        limit.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 200) result.AddError("--limit is a number from 1 to 200.");
        });
        return new Command("search", """
            Looks for extensions by the words of their names, publishers, titles and descriptions. The beginning of a word is enough.

            Example: alga-ext search quarterly report --publisher acme
            """)
        {
            words, publisher, limit, cursor, registry, tokenFile,
        }.Does("Searching", async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            var query = Query(
                ("q", string.Join(' ', parsed.GetValue(words) ?? [])),
                ("publisher", parsed.GetValue(publisher)),
                ("limit", parsed.GetValue(limit).ToString(CultureInfo.InvariantCulture)),
                ("cursor", parsed.GetValue(cursor)));
            var (_, page) = await client.SendAsync(HttpMethod.Get, "api/registry/extensions?" + query, null, cancellationToken).ConfigureAwait(false);
            var found = page["items"]?.AsArray() ?? [];
            var next = page["nextCursor"]?.GetValue<string>();
            return new CommandResult(Describe(found, next), new JsonObject { ["extensions"] = found.DeepClone(), ["nextCursor"] = next });
        });
    }

    private static string Query(params (string Name, string? Value)[] parameters) => string.Join('&', parameters
        .Where(parameter => !string.IsNullOrEmpty(parameter.Value))
        .Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value!)}"));

    private static string Describe(JsonArray found, string? next)
    {
        if (found.Count == 0) return "Nothing is found.";
        var text = new StringBuilder();
        foreach (var extension in found)
        {
            text.Append(Text(extension, "name")).Append(' ').Append(Text(extension, "latestVersion") ?? Text(extension, "latestPrerelease") ?? "(no version)")
                .Append("  ").AppendLine(Text(extension, "displayName"));
            if (Text(extension, "description") is { Length: > 0 } description) text.Append("    ").AppendLine(description);
            if (Text(extension?["deprecated"], "message") is { } message) text.Append("    deprecated: ").AppendLine(message);
        }

        return text.Append(next is null ? "" : $"There is more: --cursor {next}").ToString().TrimEnd();
    }

    private static string? Text(JsonNode? item, string member) => (item as JsonObject)?[member]?.GetValue<string>();
}
