using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Deprecate;

/// <summary><c>alga-ext deprecate</c>: tells everybody what to use instead of an extension, or takes that back.</summary>
internal static class DeprecateCommand
{
    public static Command Create()
    {
        var name = ExtensionArgument.Create();
        var message = new Option<string>("--message") { Description = "What to do instead, at most 500 characters." };
        var undo = new Option<bool>("--undo") { Description = "Take the deprecation back." };
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        var command = new Command("deprecate", """
            Shows a message to everybody who looks at the extension. Nothing stops working: it can be installed and published as before.

            Example: alga-ext deprecate com.acme.reports --message "Use com.acme.insights."
            """)
        {
            name, message, undo, registry, tokenFile,
        };
        command.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValue(message)) != result.GetValue(undo)) result.AddError("Use either --message TEXT, or --undo.");
        });
        return command.Does("Deprecating", async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            var (extension, undone) = (parsed.GetRequiredValue(name), parsed.GetValue(undo));
            using var content = undone ? null : RegistryClient.Json(new JsonObject { ["message"] = parsed.GetValue(message) });
            var path = $"{ExtensionArgument.Path(extension)}/{(undone ? "undeprecate" : "deprecate")}";
            var (_, answer) = await client.SendAsync(HttpMethod.Post, path, content, cancellationToken).ConfigureAwait(false);
            return new CommandResult(
                undone ? $"{extension} is not deprecated any more" : $"{extension} is deprecated",
                new JsonObject { ["name"] = extension, ["deprecated"] = answer["deprecated"]?.DeepClone() });
        });
    }
}
