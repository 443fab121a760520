using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.AlgaExt.Install;

namespace Alga.Extensions.AlgaExt.Upgrade;

/// <summary><c>alga-ext upgrade</c>: an administrator moves an install to a newer version, all users or a share of them.</summary>
internal static class UpgradeCommand
{
    public static Command Create()
    {
        var name = ExtensionArgument.Create();
        var version = new Option<string>("--version") { Description = "The newer version; the newest stable one when not given." };
        var preview = new Option<bool>("--preview") { Description = "Show what would change, and change nothing." };
        var reject = new Option<bool>("--reject") { Description = "Drop the upgrade that waits for consent." };
        var grantAll = InstallOptions.GrantAll();
        var grant = InstallOptions.Grant();
        var egress = InstallOptions.Egress();
        var config = InstallOptions.Config();
        var percent = new Option<int?>("--percent") { Description = "Share of the users that get the new version, 0 to 100; without it all get it." };
        percent.Validators.Add(result =>
        {
            // A text that is no number is told by the parser itself.
            if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var share) && share is < 0 or > 100)
                result.AddError("--percent is a whole number from 0 to 100.");
        });
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        var command = new Command("upgrade", """
            Moves an install to a newer version. One that asks for more than is granted waits for consent, and the old version
            goes on serving: --grant-all, or --grant and --egress, consents. To a version that a share of the users gets
            already, it moves all of them.

            Example: alga-ext upgrade com.alga.samples.hello --version 1.1.0 --percent 10
            """)
        {
            name, version, preview, reject, grantAll, grant, egress, config, percent, registry, tokenFile,
        };
        InstallOptions.RefuseBoth(command, grantAll, grant, egress);
        command.Validators.Add(result =>
        {
            var changes = result.GetValue(grantAll) || result.GetValue(grant)?.Length > 0 || result.GetValue(egress)?.Length > 0
                || result.GetValue(config) is not null || result.GetResult(percent) is not null;
            if (result.GetValue(preview) && (changes || result.GetValue(reject))) result.AddError("--preview changes nothing: use it with --version alone.");
            if (result.GetValue(reject) && (changes || result.GetValue(version) is not null)) result.AddError("--reject stands alone.");
        });
        return command.Does("Upgrading", async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            var extension = parsed.GetRequiredValue(name);
            if (parsed.GetValue(preview)) return await PreviewAsync(client, extension, parsed.GetValue(version), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(reject)) return await RejectAsync(client, extension, cancellationToken).ConfigureAwait(false);
            var body = new JsonObject();
            if (parsed.GetValue(version) is { } chosen) body["version"] = chosen;
            if (parsed.GetValue(config) is { } file) body["config"] = InstallOptions.ReadConfig(file);
            if (parsed.GetValue(percent) is { } share) body["percent"] = share;
            if (parsed.GetValue(grantAll))
            {
                var target = parsed.GetValue(version) ?? await ChooseAsync(client, extension, cancellationToken).ConfigureAwait(false);
                body["version"] = target;
                body["grants"] = await Grants.ReadDeclaredAsync(client, extension, target, cancellationToken).ConfigureAwait(false);
            }
            else if (parsed.GetValue(grant) is { Length: > 0 } || parsed.GetValue(egress) is { Length: > 0 })
            {
                body["grants"] = Grants.Of(parsed.GetValue(grant) ?? [], parsed.GetValue(egress) ?? []);
            }

            using var content = RegistryClient.Json(body);
            var (status, install) = await client.SendAsync(HttpMethod.Post, InstallOptions.Path(extension, "upgrade"), content, cancellationToken).ConfigureAwait(false);
            return Describe(extension, status == 202, install);
        });
    }

    private static CommandResult Describe(string name, bool waits, JsonObject install)
    {
        var running = install["version"]!.GetValue<string>();
        var facts = new JsonObject { ["name"] = name, ["version"] = running, ["waits"] = waits, ["install"] = install.DeepClone() };
        if (waits && install["pending"] is JsonObject pending)
        {
            var version = pending["version"]!.GetValue<string>();
            return new CommandResult(
                $"{name} {version} waits for your consent; {running} goes on serving.{Permissions.Describe(pending["difference"]!.AsObject())}\n"
                + $"Consent with: alga-ext upgrade {name} --version {version} --grant-all (or --grant and --egress for less)\n"
                + $"Drop it with: alga-ext upgrade {name} --reject",
                facts);
        }

        var text = install["rollout"] is JsonObject rollout
            ? $"{name} {rollout["version"]} is given to {rollout["percent"]} % of the users; the others get {running}"
            : $"{name} runs {running}";
        return new CommandResult(text + Permissions.Missing(install), facts);
    }

    private static async Task<CommandResult> PreviewAsync(RegistryClient client, string name, string? version, CancellationToken cancellationToken)
    {
        var query = version is null ? "" : "?version=" + Uri.EscapeDataString(version);
        var (_, preview) = await client.SendAsync(HttpMethod.Get, InstallOptions.Path(name, "upgrade") + query, null, cancellationToken).ConfigureAwait(false);
        var from = preview["from"]?.GetValue<string>();
        var waits = preview["wouldWait"]!.GetValue<bool>() ? "it would wait for your consent" : "it would be applied at once";
        var text = from is null
            ? $"{name} {preview["to"]} is not installed here; an install is asked for this:"
            : $"{name} from {from} to {preview["to"]}: {waits}.";
        return new CommandResult(text + Permissions.Describe(preview["difference"]!.AsObject()), new JsonObject { ["name"] = name, ["preview"] = preview.DeepClone() });
    }

    private static async Task<CommandResult> RejectAsync(RegistryClient client, string name, CancellationToken cancellationToken)
    {
        var (_, install) = await client.SendAsync(HttpMethod.Post, InstallOptions.Path(name, "reject"), null, cancellationToken).ConfigureAwait(false);
        return new CommandResult(
            $"The upgrade of {name} is dropped; {install["version"]} goes on serving",
            new JsonObject { ["name"] = name, ["version"] = install["version"]!.DeepClone(), ["install"] = install.DeepClone() });
    }

    /// <summary>The version that an upgrade without <c>--version</c> would take.</summary>
    private static async Task<string> ChooseAsync(RegistryClient client, string name, CancellationToken cancellationToken)
    {
        var (_, preview) = await client.SendAsync(HttpMethod.Get, InstallOptions.Path(name, "upgrade"), null, cancellationToken).ConfigureAwait(false);
        return preview["to"]!.GetValue<string>();
    }
}
