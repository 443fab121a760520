using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.AlgaExt.Secret;

/// <summary><c>alga-ext secret</c>: an administrator gives an installed extension its secrets. Nobody gets them back.</summary>
internal static class SecretCommand
{
    public static Command Create() => new("secret", "Sets, lists and deletes the secrets of an installed extension; values are never shown.")
    {
        Set(), Delete(), List(),
    };

    private static Command Set()
    {
        var extension = Extension();
        var name = Name();
        var file = new Option<FileInfo>("--file") { Description = "File with the value; standard input when not given." }.AcceptExistingOnly();
        var expires = new Option<DateTimeOffset?>("--expires-at") { Description = "From when the value is refused, such as 2027-01-31T00:00:00Z." };
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        return new Command("set", """
            Stores a value, or another one in its place. One line break at the end of the file or input is left out.

            Example: alga-ext secret set com.acme.reports api-key --file api-key.txt
            """)
        {
            extension, name, file, expires, registry, tokenFile,
        }.Does(null, async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            var body = new JsonObject { ["value"] = await ReadValueAsync(parsed.GetValue(file), cancellationToken).ConfigureAwait(false) };
            if (parsed.GetValue(expires) is { } expiry) body["expiresAt"] = expiry.ToString("O", CultureInfo.InvariantCulture);
            using var content = RegistryClient.Json(body);
            var (_, stored) = await client.SendAsync(HttpMethod.Put, Path(parsed.GetRequiredValue(extension), parsed.GetRequiredValue(name)), content, cancellationToken)
                .ConfigureAwait(false);
            return new CommandResult(
                $"{parsed.GetRequiredValue(name)} of {parsed.GetRequiredValue(extension)} is set, value number {stored["version"]}",
                new JsonObject { ["name"] = parsed.GetRequiredValue(extension), ["secret"] = stored.DeepClone() });
        });
    }

    private static Command Delete()
    {
        var extension = Extension();
        var name = Name();
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        return new Command("delete", "Deletes the value of a secret.") { extension, name, registry, tokenFile }.Does("Deleting", async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            await client.SendAsync(HttpMethod.Delete, Path(parsed.GetRequiredValue(extension), parsed.GetRequiredValue(name)), null, cancellationToken).ConfigureAwait(false);
            return new CommandResult(
                $"{parsed.GetRequiredValue(name)} of {parsed.GetRequiredValue(extension)} is deleted",
                new JsonObject { ["name"] = parsed.GetRequiredValue(extension), ["deleted"] = parsed.GetRequiredValue(name) });
        });
    }

    private static Command List()
    {
        var extension = Extension();
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        return new Command("list", "Lists the secrets that the installed version declares, and which have a value.") { extension, registry, tokenFile }.Does("Reading", async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            var (_, page) = await client.SendAsync(HttpMethod.Get, Path(parsed.GetRequiredValue(extension)), null, cancellationToken).ConfigureAwait(false);
            var secrets = page["items"] as JsonArray ?? [];
            return new CommandResult(
                secrets.Count == 0 ? $"{parsed.GetRequiredValue(extension)} declares no secrets" : string.Join(Environment.NewLine, secrets.Select(Describe)),
                new JsonObject { ["name"] = parsed.GetRequiredValue(extension), ["secrets"] = secrets.DeepClone() });
        });
    }

    private static string Describe(JsonNode? secret) =>
        $"{secret!["name"]}: {secret["state"]}{(secret["version"] is { } version ? $", value number {version} of {secret["createdAt"]}" : "")}"
        + (secret["refusedFrom"] is { } refused ? $", refused from {refused}" : "")
        + (secret["required"]?.GetValue<bool>() == true ? " (required)" : "");

    private static async Task<string> ReadValueAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        var text = file is null
            ? await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false)
            : await File.ReadAllTextAsync(file.FullName, cancellationToken).ConfigureAwait(false);
        if (text.EndsWith("\r\n", StringComparison.Ordinal)) return text[..^2];
        return text.EndsWith('\n') ? text[..^1] : text;
    }

    private static string Path(string extension, string? secret = null) =>
        $"api/tenant/installs/{Uri.EscapeDataString(extension)}/secrets" + (secret is null ? "" : "/" + Uri.EscapeDataString(secret));

    private static Argument<string> Name() => new("secret") { Description = "The secret's name, as the manifest declares it." };

    private static Argument<string> Extension()
    {
        var name = new Argument<string>("name") { Description = "The extension's name." };
        name.Validators.Add(result =>
        {
            if (!ExtensionName.IsValid(result.GetValueOrDefault<string>())) result.AddError("The name is an extension's, such as com.acme.reports.");
        });
        return name;
    }
}
