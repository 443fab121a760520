using System.Text.Json;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>An install's settings as (name, text) pairs.</summary>
public static class ConfigPairs
{
    /// <summary>A string stays as it is; anything else becomes its JSON text. Order is kept.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> From(IReadOnlyDictionary<string, JsonElement> config)
    {
        if (config.Count == 0) return [];
        var pairs = new List<KeyValuePair<string, string>>(config.Count);
        foreach (var (name, value) in config)
        {
            pairs.Add(new(name, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()));
        }

        return pairs;
    }
}
