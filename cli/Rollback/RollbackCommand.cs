using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.AlgaExt.Install;

namespace Alga.Extensions.AlgaExt.Rollback;

/// <summary><c>alga-ext rollback</c>: an administrator goes back to a version that ran before, or ends a rollout.</summary>
internal static class RollbackCommand
{
    public static Command Create()
    {
        var name = ExtensionArgument.Create();
        var version = new Option<string>("--version") { Description = "A version that this install has run; the one before when not given." };
        var config = InstallOptions.Config();
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        return new Command("rollback", """
            Goes back to a version that the install has run. While a share of the users gets a new version, it takes that
            version from them again. Grants never grow by it.

            Example: alga-ext rollback com.alga.samples.hello
            """)
        {
            name, version, config, registry, tokenFile,
        }.Does("Rolling back", async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            var extension = parsed.GetRequiredValue(name);
            var body = new JsonObject();
            if (parsed.GetValue(version) is { } chosen) body["version"] = chosen;
            if (parsed.GetValue(config) is { } file) body["config"] = InstallOptions.ReadConfig(file);
            using var content = RegistryClient.Json(body);
            var (_, install) = await client.SendAsync(HttpMethod.Post, InstallOptions.Path(extension, "rollback"), content, cancellationToken).ConfigureAwait(false);
            return new CommandResult(
                $"{extension} runs {install["version"]} for all users{Permissions.Missing(install)}",
                new JsonObject { ["name"] = extension, ["version"] = install["version"]!.DeepClone(), ["install"] = install.DeepClone() });
        });
    }
}
