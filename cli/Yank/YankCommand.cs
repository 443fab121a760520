using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Yank;

/// <summary><c>alga-ext yank</c>: takes a version back from new installs, or brings it back for them.</summary>
internal static class YankCommand
{
    public static Command Create()
    {
        var name = ExtensionArgument.Create();
        var version = new Argument<string>("version") { Description = "The published version." };
        var reason = new Option<string>("--reason") { Description = "Why nobody should install it any more, at most 500 characters." };
        var undo = new Option<bool>("--undo") { Description = "Bring the version back for new installs." };
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        var command = new Command("yank", """
            Takes a published version back from new installs. Where it is installed it goes on, and it can never be published anew.

            Example: alga-ext yank com.acme.reports 1.2.0 --reason "Loses the last line; use 1.2.1."
            """)
        {
            name, version, reason, undo, registry, tokenFile,
        };
        command.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValue(reason)) != result.GetValue(undo)) result.AddError("Use either --reason TEXT, or --undo.");
        });
        return command.Does("Yanking", async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            var (extension, chosen, undone) = (parsed.GetRequiredValue(name), parsed.GetRequiredValue(version), parsed.GetValue(undo));
            using var content = undone ? null : RegistryClient.Json(new JsonObject { ["reason"] = parsed.GetValue(reason) });
            var path = $"{ExtensionArgument.Path(extension)}/versions/{Uri.EscapeDataString(chosen)}/{(undone ? "unyank" : "yank")}";
            var (_, answer) = await client.SendAsync(HttpMethod.Post, path, content, cancellationToken).ConfigureAwait(false);
            return new CommandResult(
                undone ? $"{extension} {chosen} can be installed again" : $"{extension} {chosen} is yanked: no new installs",
                new JsonObject { ["name"] = extension, ["version"] = chosen, ["yanked"] = answer["yanked"]?.DeepClone() });
        });
    }
}
