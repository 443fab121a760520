using System.CommandLine;
using System.Text;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Build;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.AlgaExt.Dev;

namespace Alga.Extensions.AlgaExt.Invoke;

/// <summary><c>alga-ext invoke</c>: one call of an endpoint through the gateway, as the token's user.</summary>
internal static class InvokeCommand
{
    public static Command Create()
    {
        var extension = new Argument<string>("extension") { Description = "The extension's name, or the id of an install; with --dev its folder." };
        var dev = new Option<bool>("--dev") { Description = "Call the extension that 'alga-ext dev' runs in that folder." };
        var path = new Argument<string>("path") { Description = "Path below the extension, with its query, such as /notes?limit=5." };
        var method = new Option<string>("--method", "-X") { Description = "HTTP method; GET, or POST with a body, when not given." }.AcceptOnlyFromAmong("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD");
        var body = new Option<FileInfo>("--body") { Description = "File with the body; sent as JSON unless --content-type says otherwise." }.AcceptExistingOnly();
        var contentType = new Option<string>("--content-type") { Description = "Media type of the body.", DefaultValueFactory = _ => "application/json" };
        var gateway = new Option<string>("--gateway") { Description = "URL of the gateway; ALGA_GATEWAY_URL, or http://127.0.0.1:7071, when not given." };
        var tokenFile = CommonOptions.TokenFile();
        return new Command("invoke", """
            Calls an endpoint of an installed extension through the gateway and prints status, headers and body.
            The exit code is 1 when the status is 400 or more.

            Example: alga-ext invoke com.alga.samples.hello /greetings/ada --token-file .local/tokens/ada
            """)
        {
            extension, path, dev, method, body, contentType, gateway, tokenFile,
        }.Does("Calling", async (parsed, cancellationToken) =>
        {
            var name = parsed.GetRequiredValue(extension);
            var (url, token) = (parsed.GetValue(gateway), parsed.GetValue(tokenFile));
            if (parsed.GetValue(dev))
            {
                (url, token) = new DevFolder(Path.GetFullPath(name)).Read();
                name = BuiltExtension.ReadManifest(name).Name;
            }

            using var client = GatewayClient.Open(url, token);
            var file = parsed.GetValue(body);
            using var content = file is null ? null : new ByteArrayContent(await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false));
            content?.Headers.TryAddWithoutValidation("Content-Type", parsed.GetRequiredValue(contentType));
            var verb = parsed.GetValue(method) ?? (content is null ? "GET" : "POST");
            return Describe(await client.CallAsync(verb, name, parsed.GetRequiredValue(path), content, cancellationToken).ConfigureAwait(false));
        });
    }

    private static CommandResult Describe(GatewayAnswer answer)
    {
        var text = new StringBuilder($"HTTP {answer.Status}");
        foreach (var (name, value) in answer.Headers) text.Append('\n').Append(name).Append(": ").Append(value);
        text.Append("\n\n").Append(Printable(answer.Body));
        return new CommandResult(text.ToString(), new JsonObject
        {
            ["status"] = answer.Status,
            ["headers"] = new JsonObject(answer.Headers.Select(header => KeyValuePair.Create(header.Key, (JsonNode?)header.Value))),
            ["body"] = answer.Body,
        }, answer.Status >= 400 ? ExitCode.Refused : ExitCode.Done);
    }

    /// <summary>What an extension answers must not move the cursor of somebody's terminal; lines and tabs are harmless.</summary>
    private static string Printable(string body) => string.Create(body.Length, body, static (target, source) =>
    {
        for (var i = 0; i < source.Length; i++) target[i] = char.IsControl(source[i]) && source[i] is not ('\n' or '\t') ? ' ' : source[i];
    });
}
