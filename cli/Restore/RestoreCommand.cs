using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.AlgaExt.Install;

namespace Alga.Extensions.AlgaExt.Restore;

/// <summary><c>alga-ext restore</c>: an administrator brings back an extension that was uninstalled.</summary>
internal static class RestoreCommand
{
    public static Command Create()
    {
        var name = ExtensionArgument.Create();
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        return new Command("restore", """
            Brings back an extension that was uninstalled less than 30 days ago, with its settings, grants, secrets and data.

            Example: alga-ext restore com.alga.samples.hello
            """)
        {
            name, registry, tokenFile,
        }.Does("Restoring", async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            var extension = parsed.GetRequiredValue(name);
            var (_, install) = await client.SendAsync(HttpMethod.Post, InstallOptions.Path(extension, "restore"), null, cancellationToken).ConfigureAwait(false);
            return new CommandResult(
                $"{extension} {install["version"]} is back, {install["status"]}",
                new JsonObject { ["name"] = extension, ["version"] = install["version"]!.DeepClone(), ["install"] = install.DeepClone() });
        });
    }
}
