using System.CommandLine;
using System.Text.Json;
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
        var grantAll = new Option<bool>("--grant-all") { Description = "Grant every capability and host that the version asks for." };
        var grant = new Option<string[]>("--grant") { Description = "A capability to grant; may be repeated.", DefaultValueFactory = _ => [] };
        var egress = new Option<string[]>("--egress") { Description = "A host to grant for http.fetch; may be repeated.", DefaultValueFactory = _ => [] };
        var config = new Option<FileInfo>("--config") { Description = "File with the settings, a JSON object." }.AcceptExistingOnly();
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        var command = new Command("install", """
            Installs a published version for the tenant of the access token, or changes what is installed. What is not
            granted stays denied.

            Example: alga-ext install com.alga.samples.hello --version 1.0.0 --grant storage.kv
            """)
        {
            name, version, grantAll, grant, egress, config, registry, tokenFile,
        };
        command.Validators.Add(result =>
        {
            var single = result.GetValue(grant)?.Length > 0 || result.GetValue(egress)?.Length > 0;
            if (result.GetValue(grantAll) && single) result.AddError("Use either --grant-all, or --grant and --egress.");
        });
        return command.Does("Installing", async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            var extension = parsed.GetRequiredValue(name);
            var chosen = parsed.GetRequiredValue(version);
            var grants = parsed.GetValue(grantAll)
                ? await Grants.ReadDeclaredAsync(client, extension, chosen, cancellationToken).ConfigureAwait(false)
                : Grants.Of(parsed.GetValue(grant) ?? [], parsed.GetValue(egress) ?? []);
            var body = new JsonObject { ["version"] = chosen, ["grants"] = grants, ["config"] = ReadConfig(parsed.GetValue(config)) };
            using var content = RegistryClient.Json(body);
            var (status, install) = await client.SendAsync(
                HttpMethod.Put, $"api/tenant/installs/{Uri.EscapeDataString(extension)}", content, cancellationToken).ConfigureAwait(false);
            return new CommandResult(
                $"{extension} {chosen} is {(status == 201 ? "installed" : "installed already; version, grants and settings are as given now")}",
                new JsonObject { ["name"] = extension, ["version"] = chosen, ["created"] = status == 201, ["install"] = install.DeepClone() });
        });
    }

    private static JsonObject ReadConfig(FileInfo? file)
    {
        if (file is null) return new JsonObject();
        try
        {
            if (JsonNode.Parse(File.ReadAllText(file.FullName)) is JsonObject settings) return settings;
        }
        catch (JsonException)
        {
            // Told below, together with JSON of another kind.
        }

        throw new RefusedException(new CliRefusal("invalid_request", $"{file.FullName} holds no JSON object."));
    }
}
