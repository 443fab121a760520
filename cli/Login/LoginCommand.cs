using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Login;

/// <summary><c>alga-ext login</c>: an access token of a demo user from the local platform's issuer, into a file.</summary>
internal static class LoginCommand
{
    private const string GrantType = "urn:alga:params:oauth:grant-type:demo-user";

    public static Command Create()
    {
        var user = new Option<string>("--user") { Description = "E-mail address of the demo user.", Required = true };
        var issuer = new Option<string>("--issuer") { Description = "URL of the local issuer.", DefaultValueFactory = _ => "http://127.0.0.1:7073" };
        var output = new Option<FileInfo>("--out", "-o") { Description = "File for the token, readable by you only.", Required = true };
        return new Command("login", """
            Fetches an access token of a demo user of the local platform (./run). It is good for an hour.

            Example: alga-ext login --user ada@acme.example -o ada.token
            """)
        {
            user, issuer, output,
        }.Does("Signing in", async (parsed, cancellationToken) =>
        {
            var file = parsed.GetRequiredValue(output).FullName;
            var email = parsed.GetRequiredValue(user);
            var token = await RequestAsync(parsed.GetRequiredValue(issuer), email, cancellationToken).ConfigureAwait(false);
            await OutputFile.WriteAsync(file, secret: true, token).ConfigureAwait(false);
            return new CommandResult($"Signed in as {email}; use --token-file {file}", new JsonObject { ["user"] = email, ["tokenFile"] = file });
        });
    }

    private static async Task<string> RequestAsync(string issuer, string email, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(issuer.TrimEnd('/') + "/token", UriKind.Absolute, out var url) || !url.IsLoopback)
        {
            throw new RefusedException(new CliRefusal(CliRefusal.Usage, "--issuer is the local platform's issuer, such as http://127.0.0.1:7073."));
        }

        try
        {
            using var client = new HttpClient();
            using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["grant_type"] = GrantType, ["user"] = email });
            using var response = await client.PostAsync(url, form, cancellationToken).ConfigureAwait(false);
            var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
            if (response.IsSuccessStatusCode) return body!["access_token"]!.GetValue<string>();
            throw new RefusedException(new CliRefusal("unauthenticated", body?["error_description"]?.GetValue<string>() ?? "The issuer refuses."));
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            throw new RefusedException(new CliRefusal("issuer_unavailable", $"{url} gives no token: {exception.Message}"));
        }
    }
}
