using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.Contracts;
using Alga.Extensions.Signing;

namespace Alga.Extensions.AlgaExt.Keys;

/// <summary><c>alga-ext keys</c>: a publisher's keys at the registry.</summary>
internal static class KeysCommand
{
    public static Command Create() => new("keys", """
        Manages the keys that sign for a publisher, at the registry.

        Example: alga-ext keys list --publisher acme
        """)
    {
        List(), Add(), Retire(), Compromise(),
    };

    private static Command List()
    {
        var (publisher, registry, tokenFile) = (Publisher(), CommonOptions.Registry(), CommonOptions.TokenFile());
        return new Command("list", "Lists the publisher's keys with their status.") { publisher, registry, tokenFile }.Does("Asking", async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            var (_, body) = await client.SendAsync(HttpMethod.Get, PathOf(parsed.GetRequiredValue(publisher)), null, cancellationToken).ConfigureAwait(false);
            var lines = body["keys"]!.AsArray().Select(key => Describe(key!.AsObject()));
            return new CommandResult(string.Join('\n', lines.DefaultIfEmpty("No keys.")), body);
        });
    }

    private static Command Add()
    {
        var (publisher, registry, tokenFile, passphraseFile) = (Publisher(), CommonOptions.Registry(), CommonOptions.TokenFile(), CommonOptions.PassphraseFile());
        var key = SigningKeySource.Option("The private key; it stays here and only proves that you hold it.", required: true);
        var notBefore = Time("--not-before", "From when on it may sign.");
        var notAfter = Time("--not-after", "Until when it may sign.");
        var audience = new Option<string>("--audience") { Description = "Name of the registry.", DefaultValueFactory = _ => BundleStatement.DefaultRegistry };
        return new Command("add", """
            Adds a key that may sign for the publisher from now on.

            Example: alga-ext keys add --publisher acme --key key.pem
            """)
        {
            publisher, key, notBefore, notAfter, audience, registry, tokenFile, passphraseFile,
        }.Does(null, async (parsed, cancellationToken) =>
        {
            using var client = RegistryClient.Open(parsed.GetValue(registry), parsed.GetValue(tokenFile));
            using var signingKey = await SigningKeySource.ReadAsync(parsed.GetRequiredValue(key), parsed.GetValue(passphraseFile), cancellationToken).ConfigureAwait(false);
            var name = parsed.GetRequiredValue(publisher);
            var proof = KeyProof.Of(parsed.GetRequiredValue(audience), name, signingKey.Public, TimeProvider.System.GetUtcNow());
            var body = new JsonObject
            {
                ["publicKey"] = signingKey.Public.ToPem(),
                ["proof"] = Convert.ToBase64String(RefusedException.Unwrap(EnvelopeSigner.Sign(proof, signingKey))),
            };
            if (parsed.GetValue(notBefore) is { } start) body["notBefore"] = start.ToString("O", CultureInfo.InvariantCulture);
            if (parsed.GetValue(notAfter) is { } end) body["notAfter"] = end.ToString("O", CultureInfo.InvariantCulture);
            using var content = RegistryClient.Json(body);
            var (_, answer) = await client.SendAsync(HttpMethod.Post, PathOf(name), content, cancellationToken).ConfigureAwait(false);
            return new CommandResult(Describe(answer), answer);
        });
    }

    private static Command Retire()
    {
        var (publisher, keyId, registry, tokenFile) = (Publisher(), KeyId(), CommonOptions.Registry(), CommonOptions.TokenFile());
        return new Command("retire", """
            Retires a key: it signs nothing new, and what it signed before stands. There is no way back.

            Example: alga-ext keys retire 4f8b... --publisher acme
            """)
        {
            keyId, publisher, registry, tokenFile,
        }.Does("Retiring", (parsed, cancellationToken) => ChangeAsync(
            parsed.GetValue(registry), parsed.GetValue(tokenFile), parsed.GetRequiredValue(publisher), parsed.GetRequiredValue(keyId), "retire", new JsonObject(), cancellationToken));
    }

    private static Command Compromise()
    {
        var (publisher, keyId, registry, tokenFile) = (Publisher(), KeyId(), CommonOptions.Registry(), CommonOptions.TokenFile());
        var since = Time("--since", "From when on it may have been in other hands: what was accepted then or later never runs again.");
        since.Required = true;
        return new Command("compromise", """
            Marks a key as compromised since a time. Versions that the registry accepted with it at or after that time stop everywhere within
            a minute.

            Example: alga-ext keys compromise 4f8b... --publisher acme --since 2026-07-01T12:00:00Z
            """)
        {
            keyId, publisher, since, registry, tokenFile,
        }.Does("Marking", (parsed, cancellationToken) => ChangeAsync(
            parsed.GetValue(registry), parsed.GetValue(tokenFile), parsed.GetRequiredValue(publisher), parsed.GetRequiredValue(keyId), "compromise",
            new JsonObject { ["since"] = parsed.GetValue(since)!.Value.ToString("O", CultureInfo.InvariantCulture) }, cancellationToken));
    }

    private static async Task<CommandResult> ChangeAsync(
        string? registry, FileInfo? tokenFile, string publisher, string keyId, string verb, JsonObject body, CancellationToken cancellationToken)
    {
        using var client = RegistryClient.Open(registry, tokenFile);
        using var content = RegistryClient.Json(body);
        var (_, answer) = await client.SendAsync(HttpMethod.Post, $"{PathOf(publisher)}/{Uri.EscapeDataString(keyId)}/{verb}", content, cancellationToken).ConfigureAwait(false);
        return new CommandResult(Describe(answer), answer);
    }

    private static string Describe(JsonObject key)
    {
        var since = key["since"] is { } time ? $" since {time}" : "";
        return $"{key["keyId"]}  {key["status"]}{since}  ({key["source"]})";
    }

    private static string PathOf(string publisher) => $"api/registry/publishers/{Uri.EscapeDataString(publisher)}/keys";

    private static Argument<string> KeyId() => new("key-id") { Description = "The key's id, 64 hex digits; 'alga-ext keys list' shows it." };

    private static Option<string> Publisher()
    {
        var publisher = new Option<string>("--publisher") { Description = "The publisher.", Required = true };
        publisher.Validators.Add(result =>
        {
            if (!PublisherName.IsValid(result.GetValueOrDefault<string>())) result.AddError("--publisher is a publisher's name, such as acme or com.acme.");
        });
        return publisher;
    }

    private static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = description + " With its offset, such as 2026-07-01T12:00:00Z.",
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return time;
            result.AddError($"{name} is a time such as 2026-07-01T12:00:00Z.");
            return null;
        },
    };
}
