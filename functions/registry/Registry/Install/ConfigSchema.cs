using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using NJsonSchema.Validation;

namespace Alga.Extensions.Registry.Install;

/// <summary>
/// The JSON Schema that a manifest declares for an install's settings. The manifest's rules have refused references and
/// patterns that could run without end; here the patterns are also matched in linear time (<see cref="LinearPattern"/>).
/// </summary>
public sealed class ConfigSchema
{
    private const int MaxFaults = 10;

    private readonly JsonSchema schema;
    private readonly JsonSchemaValidatorSettings settings;

    private ConfigSchema(JsonSchema schema, JsonSchemaValidatorSettings settings)
    {
        this.schema = schema;
        this.settings = settings;
    }

    /// <summary>Reads a schema.</summary>
    /// <param name="declared">The manifest's <c>config</c>.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The schema, or what is wrong with it.</returns>
    public static async Task<(ConfigSchema? Schema, string? Fault)> ReadAsync(JsonElement declared, CancellationToken cancellationToken)
    {
        var settings = new JsonSchemaValidatorSettings();
        var node = JsonNode.Parse(declared.GetRawText());
        try
        {
            ReplacePatterns(node, settings);
            return (new ConfigSchema(await JsonSchema.FromJsonAsync(node!.ToJsonString(), cancellationToken).ConfigureAwait(false), settings), null);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The library has no closed set of errors for a bad schema, and its text may quote anything.
            return (null, "config: is not a JSON Schema; write one of draft 2020-12 without references");
        }
    }

    /// <summary>Gives one phrase for each place where settings do not fit, at most ten; none when they fit.</summary>
    /// <param name="text">JSON text of an object.</param>
    public IReadOnlyList<string> FindFaults(string text) =>
        [.. schema.Validate(text, settings).Take(MaxFaults).Select(error => $"{error.Path ?? "#"}: {error.Kind}")];

    /// <summary>Puts patterns that run in linear time in the place of those that may not.</summary>
    private static void ReplacePatterns(JsonNode? node, JsonSchemaValidatorSettings settings)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array) ReplacePatterns(item, settings);
        }

        if (node is not JsonObject schema) return;
        foreach (var (_, value) in schema) ReplacePatterns(value, settings);
        ReplacePattern(schema, settings);
    }

    private static void ReplacePattern(JsonObject schema, JsonSchemaValidatorSettings settings)
    {
        if (schema["pattern"] is not { } node || node.GetValueKind() != JsonValueKind.String) return;
        var format = $"alga-pattern-{settings.FormatValidators.Count()}";
        settings.AddCustomFormatValidator(new LinearPattern(format, node.GetValue<string>()));
        schema.Remove("pattern");
        if (schema["format"] is null)
        {
            schema["format"] = format;
            return;
        }

        // Two formats do not fit in one schema: the second becomes one more that has to hold.
        if (schema["allOf"] is not JsonArray all) schema["allOf"] = all = [];
        all.Add(new JsonObject { ["format"] = format });
    }
}
