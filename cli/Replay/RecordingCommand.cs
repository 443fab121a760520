using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Replay;

/// <summary><c>alga-ext recording</c>: which executions of an install are recorded, so that they can be replayed.</summary>
internal static class RecordingCommand
{
    public static Command Create()
    {
        var name = ExtensionArgument.Create();
        var mode = new Option<string>("--mode") { Description = "off: nothing. on-error: what fails. sampled: a share of all." }.AcceptOnlyFromAmong("off", "on-error", "sampled");
        var percent = new Option<int?>("--percent") { Description = "Share of the executions, 1 to 100; for sampled." };
        var keepDays = new Option<int?>("--keep-days") { Description = "Days for which a recording is kept, 1 to 30; 7 when not given." };
        var delete = new Option<bool>("--delete") { Description = "Delete all recordings of the install that there are." };
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        var command = new Command("recording", """
            Shows, or sets, which executions of an extension are recorded in the tenant of the access token, which must be an
            admin's. A recording holds what users sent and what the extension read and answered, without secrets; see docs/replay.md.

            Example: alga-ext recording com.acme.notes --mode on-error --keep-days 3
            """)
        {
            name, mode, percent, keepDays, delete, registry, tokenFile,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(mode) is null && (result.GetValue(percent) ?? result.GetValue(keepDays)) is not null) result.AddError("--percent and --keep-days go with --mode.");
        });
        return command.Does(null, async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            var path = $"api/tenant/installs/{Uri.EscapeDataString(parsed.GetRequiredValue(name))}";
            JsonObject install;
            if (parsed.GetValue(mode) is { } wanted)
            {
                var request = new JsonObject { ["mode"] = wanted };
                if (parsed.GetValue(percent) is { } share) request["percent"] = share;
                if (parsed.GetValue(keepDays) is { } days) request["keepDays"] = days;
                using var content = RegistryClient.Json(request);
                (_, install) = await client.SendAsync(HttpMethod.Put, path + "/recording", content, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                (_, install) = await client.SendAsync(HttpMethod.Get, path, null, cancellationToken).ConfigureAwait(false);
            }

            if (parsed.GetValue(delete)) await client.SendAsync(HttpMethod.Delete, path + "/recordings", null, cancellationToken).ConfigureAwait(false);
            return Describe(install["recording"]!, parsed.GetValue(delete));
        });
    }

    private static CommandResult Describe(JsonNode recording, bool deleted)
    {
        var text = recording["mode"]!.GetValue<string>() switch
        {
            "off" => "Nothing is recorded.",
            "on-error" => $"What fails is recorded, and kept for {recording["keepDays"]} days.",
            _ => $"{recording["percent"]} % of the executions are recorded, and kept for {recording["keepDays"]} days.",
        };
        return new CommandResult(deleted ? text + " All recordings there were are deleted." : text, new JsonObject { ["recording"] = recording.DeepClone(), ["deleted"] = deleted });
    }
}
