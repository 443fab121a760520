using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Logs;

/// <summary><c>alga-ext logs</c>: what became of an extension's calls in the tenant, and what it logged.</summary>
internal static class LogsCommand
{
    public static Command Create()
    {
        var name = ExtensionArgument.Create();
        var execution = new Option<string>("--execution") { Description = "Id of one execution, to show with its log lines." };
        execution.Validators.Add(result =>
        {
            if (!Guid.TryParseExact(result.GetValueOrDefault<string>(), "D", out _)) result.AddError("An execution's id is a UUID, as the list shows it.");
        });
        var follow = new Option<bool>("--follow") { Description = "Go on showing new ones until Ctrl+C; with --json one object on each line." };
        var filters = LogsFilters.Create();
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        var command = new Command("logs", """
            Shows an extension's latest executions in the tenant of the access token, which must be an admin's.

            Example: alga-ext logs com.alga.samples.hello --status 5xx --limit 20
            """)
        {
            name, execution, follow, registry, tokenFile,
        };
        foreach (var option in filters.Options) command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetValue(execution) is not null && result.GetValue(follow)) result.AddError("Use either --execution or --follow.");
            if (result.GetValue(follow) && filters.HasRange(result)) result.AddError("With --follow leave out --from, --to and --cursor.");
        });
        return command.Does(null, async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            var path = $"api/tenant/installs/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}/executions";
            if (parsed.GetValue(execution) is { } id) return await ShowAsync(client, $"{path}/{id}", cancellationToken).ConfigureAwait(false);
            var query = filters.ToQuery(parsed);
            if (!parsed.GetValue(follow)) return await ListAsync(client, path + query, cancellationToken).ConfigureAwait(false);
            var followed = new LogsFollow(client, path, query, parsed.InvocationConfiguration.Output, parsed.GetValue(CommonOptions.Json));
            return await followed.RunAsync(cancellationToken).ConfigureAwait(false);
        });
    }

    private static async Task<CommandResult> ListAsync(RegistryClient client, string path, CancellationToken cancellationToken)
    {
        var (_, page) = await client.SendAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false);
        var items = page["items"]!.AsArray();
        var text = items.Count == 0 ? "No executions." : string.Join(Environment.NewLine, items.Select(item => ExecutionLine.Write(item!)));
        return new CommandResult(text, new JsonObject { ["items"] = items.DeepClone(), ["nextCursor"] = page["nextCursor"]?.DeepClone() });
    }

    private static async Task<CommandResult> ShowAsync(RegistryClient client, string path, CancellationToken cancellationToken)
    {
        var (_, details) = await client.SendAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false);
        var text = new StringBuilder(ExecutionLine.Write(details));
        foreach (var line in details["logs"]!.AsArray())
        {
            var at = line!["atUs"]!.GetValue<long>() / 1000.0;
            text.AppendLine().Append(CultureInfo.InvariantCulture, $"  {at,8:0.0} ms  {line["level"],-5}  {ExecutionLine.Printable(line["message"]!.GetValue<string>())}");
            if (line["fields"] is { } fields) text.Append("  ").Append(fields.ToJsonString());
        }

        return new CommandResult(text.ToString(), new JsonObject { ["execution"] = details.DeepClone() });
    }
}
