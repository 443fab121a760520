using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace Alga.Extensions.Registry.OpenApi;

/// <summary>
/// The JSON Schemas (2020-12, as OpenAPI 3.1 takes them) of the registry's own types, made from what the JSON reader and writer themselves go by.
/// Each type is written once, under its name, and referred to from wherever it is used.
/// </summary>
internal sealed class SchemaWriter
{
    private readonly SortedDictionary<string, JsonNode> schemas = new(StringComparer.Ordinal);

    /// <summary>A reference to the schema of what is sent to us: members that it does not name are refused.</summary>
    public JsonObject ReferenceToRequest(JsonTypeInfo type) => Reference(type, open: false);

    /// <summary>A reference to the schema of what we answer with: members may be added to it, so readers ignore those that they do not know.</summary>
    public JsonObject ReferenceToAnswer(JsonTypeInfo type) => Reference(type, open: true);

    private JsonObject Reference(JsonTypeInfo type, bool open)
    {
        var name = NameOf(type.Type);
        if (schemas.ContainsKey(name)) return ReferenceTo(name);
        var options = new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true, TransformSchemaNode = (context, schema) => Transform(type, context, schema, open) };
        schemas.Add(name, type.GetJsonSchemaAsNode(options));
        return ReferenceTo(name);
    }

    /// <summary>Adds a schema that is written by hand.</summary>
    public JsonObject Add(string name, JsonNode schema)
    {
        schemas.Add(name, schema);
        return ReferenceTo(name);
    }

    /// <summary>All schemas that were referred to.</summary>
    public JsonObject ToJson() => new(schemas.Select(schema => KeyValuePair.Create(schema.Key, (JsonNode?)schema.Value.DeepClone())));

    private JsonNode Transform(JsonTypeInfo root, JsonSchemaExporterContext context, JsonNode schema, bool open)
    {
        // Any JSON at all. The exporter writes true, which many readers of OpenAPI do not take for a schema.
        if (schema.GetValueKind() == JsonValueKind.True) return new JsonObject();
        if (context.TypeInfo.Kind != JsonTypeInfoKind.Object || schema is not JsonObject written) return schema;
        if (open) written.Remove("additionalProperties");
        if (context.TypeInfo.Type == root.Type) return schema;
        var name = NameOf(context.TypeInfo.Type);
        var nullable = written["type"] is JsonArray;
        if (!schemas.ContainsKey(name))
        {
            var own = written.DeepClone().AsObject();
            own["type"] = "object";
            schemas.Add(name, own);
        }

        return nullable ? new JsonObject { ["anyOf"] = new JsonArray(ReferenceTo(name), new JsonObject { ["type"] = "null" }) } : ReferenceTo(name);
    }

    private static JsonObject ReferenceTo(string name) => new() { ["$ref"] = "#/components/schemas/" + name };

    private static string NameOf(Type type) =>
        type.IsGenericType ? string.Concat(type.GetGenericArguments().Select(NameOf)) + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)] : type.Name;
}
