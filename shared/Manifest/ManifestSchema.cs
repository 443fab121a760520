namespace Alga.Extensions.Manifest;

/// <summary>The JSON Schema of manifests, for editors. The validator knows more: rules between fields are not in the schema.</summary>
public static class ManifestSchema
{
    /// <summary>Reads the schema's text.</summary>
    public static string ReadJson()
    {
        using var stream = typeof(ManifestSchema).Assembly.GetManifestResourceStream("manifest.schema.json")
            ?? throw new InvalidOperationException("The assembly lacks manifest.schema.json.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
