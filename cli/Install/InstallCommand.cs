using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Install;

/// <summary><c>alga-ext install</c>: an administrator installs a version for the tenant and says what it may do.</summary>
internal static class InstallCommand
{
    public static Command Create()
    {
        var name = ExtensionArgument.Create();
        var version = new Option<string>("--version") { Description = "The version to install.", Required = true };
        var grantAll = InstallOptions.GrantAll();
        var grant = InstallOptions.Grant();
        var egress = InstallOptions.Egress();
        var config = InstallOptions.Config();
        var policy = InstallOptions.Policy();
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        var command = new Command("install", """
            Installs a published version for the tenant of the access token, or changes what is installed. What is not
            granted stays denied.

            Example: alga-ext install com.alga.samples.hello --version 1.0.0 --grant storage.kv
            """)
        {
            name, version, grantAll, grant, egress, config, policy, registry, tokenFile,
        };
        InstallOptions.RefuseBoth(command, grantAll, grant, egress);
        return command.Does("Installing", async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            var extension = parsed.GetRequiredValue(name);
            var chosen = parsed.GetRequiredValue(version);
            var grants = parsed.GetValue(grantAll)
                ? await Grants.ReadDeclaredAsync(client, extension, chosen, cancellationToken).ConfigureAwait(false)
                : Grants.Of(parsed.GetValue(grant) ?? [], parsed.GetValue(egress) ?? []);
            var settings = parsed.GetValue(config) is { } file ? InstallOptions.ReadConfig(file) : [];
            var body = new JsonObject { ["version"] = chosen, ["grants"] = grants, ["config"] = settings };
            if (parsed.GetValue(policy) is { } follows) body["policy"] = follows;
            using var content = RegistryClient.Json(body);
            var (status, install) = await client.SendAsync(HttpMethod.Put, InstallOptions.Path(extension), content, cancellationToken).ConfigureAwait(false);
            return new CommandResult(
                $"{extension} {chosen} is {(status == 201 ? "installed" : "installed already; version, grants and settings are as given now")}{Permissions.Missing(install)}",
                new JsonObject { ["name"] = extension, ["version"] = chosen, ["created"] = status == 201, ["install"] = install.DeepClone() });
        });
    }
}
