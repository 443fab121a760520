using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.AlgaExt.Revoke;

/// <summary><c>alga-ext revoke</c>: takes a version out of service everywhere.</summary>
internal static class RevokeCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("name") { Description = "The extension's name." };
        name.Validators.Add(result =>
        {
            if (!ExtensionName.IsValid(result.GetValueOrDefault<string>())) result.AddError("The name is an extension's, such as com.acme.reports.");
        });
        var version = new Option<string>("--version") { Description = "The version to revoke.", Required = true };
        var reason = new Option<string>("--reason") { Description = "Why; who wants to install it is told.", Required = true };
        var restore = new Option<bool>("--restore") { Description = "Take a revocation back: for operators of the platform." };
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        return new Command("revoke", """
            Revokes a version: within a minute it runs nowhere any more, and nobody can install it. The version stays published for ever.

            Example: alga-ext revoke com.acme.reports --version 1.2.3 --reason "Leaks customer names."
            """)
        {
            name, version, reason, restore, registry, tokenFile,
        }.Does("Revoking", async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            var (extension, chosen) = (parsed.GetRequiredValue(name), parsed.GetRequiredValue(version));
            var verb = parsed.GetValue(restore) ? "restore" : "revoke";
            using var content = RegistryClient.Json(new JsonObject { ["reason"] = parsed.GetRequiredValue(reason) });
            var path = $"api/registry/extensions/{Uri.EscapeDataString(extension)}/versions/{Uri.EscapeDataString(chosen)}/{verb}";
            var (_, answer) = await client.SendAsync(HttpMethod.Post, path, content, cancellationToken).ConfigureAwait(false);
            return new CommandResult($"{extension} {chosen} is {(verb == "revoke" ? "revoked" : "in service again")}", answer);
        });
    }
}
