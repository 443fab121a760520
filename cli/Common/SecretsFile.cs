using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alga.Extensions.AlgaExt.Common;

/// <summary>A file of secrets for work on this machine: a JSON object of values by name. They are never arguments.</summary>
internal static class SecretsFile
{
    public static Option<FileInfo> Option() => new Option<FileInfo>("--secrets")
    {
        Description = "File with secrets for the extension: a JSON object of values by name.",
    }.AcceptExistingOnly();

    /// <summary>Reads a file; refuses one that is anything else, without a word of what is in it.</summary>
    public static JsonObject Read(FileInfo file)
    {
        try
        {
            if (JsonNode.Parse(File.ReadAllBytes(file.FullName)) is JsonObject secrets && secrets.All(secret => secret.Value is JsonValue value && value.GetValueKind() == JsonValueKind.String)) return secrets;
        }
        catch (JsonException)
        {
            // Refused below: the parser's message quotes the file.
        }

        throw new RefusedException(new CliRefusal(CliRefusal.File, $"{file.FullName} is not a JSON object of texts by name, such as {{\"api-key\": \"value\"}}."));
    }
}
