using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.AlgaExt.Install;

namespace Alga.Extensions.AlgaExt.Uninstall;

/// <summary><c>alga-ext uninstall</c>: an administrator takes an extension out of service; what belongs to it is kept for 30 days.</summary>
internal static class UninstallCommand
{
    public static Command Create()
    {
        var name = ExtensionArgument.Create();
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        return new Command("uninstall", """
            Uninstalls an extension for the tenant of the access token. Its settings, grants, secrets and stored data are kept
            for 30 days, in which 'alga-ext restore' brings it back; then they are purged.

            Example: alga-ext uninstall com.alga.samples.hello
            """)
        {
            name, registry, tokenFile,
        }.Does("Uninstalling", async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            var extension = parsed.GetRequiredValue(name);
            await client.SendAsync(HttpMethod.Delete, InstallOptions.Path(extension), null, cancellationToken).ConfigureAwait(false);
            return new CommandResult(
                $"{extension} is uninstalled; 'alga-ext restore {extension}' brings it back within 30 days, with all its data",
                new JsonObject { ["name"] = extension });
        });
    }
}
