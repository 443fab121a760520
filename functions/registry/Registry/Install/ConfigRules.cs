using System.Text;
using System.Text.Json;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Install;

/// <summary>The settings of an install: a JSON object that fits the manifest's <c>config</c> schema, where it has one.</summary>
public static class ConfigRules
{
    /// <summary>Largest settings, in bytes of JSON: they travel with each execution.</summary>
    public const int MaxBytes = 64 * 1024;

    private static readonly JsonElement Empty = JsonElement.Parse("{}");

    /// <summary>Gives the settings to store, or the refusal.</summary>
    /// <param name="config">What the admin wrote, null for nothing.</param>
    /// <param name="declaredSchema">The manifest's JSON Schema, null when it declares none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidOperationException">The schema is one that publishing refuses.</exception>
    public static async Task<Outcome<JsonElement>> CheckAsync(
        JsonElement? config, JsonElement? declaredSchema, CancellationToken cancellationToken)
    {
        var settings = config ?? Empty;
        if (settings.ValueKind != JsonValueKind.Object) return Refused("config is a JSON object, such as {}.");
        if (Encoding.UTF8.GetByteCount(settings.GetRawText()) > MaxBytes) return Refused($"config is larger than {MaxBytes} bytes; make it smaller.");
        if (JsonTexts.HasHalfPair(settings)) return Refused("config has a text with half of a surrogate pair (\\ud800 to \\udfff); write the whole character.");
        var faults = await FindFaultsAsync(settings, declaredSchema, cancellationToken).ConfigureAwait(false);
        return faults.Count == 0 ? settings : Unfit(faults);
    }

    /// <summary>Where settings do not fit a schema; empty when they fit, or when there is none.</summary>
    /// <param name="settings">A JSON object.</param>
    /// <param name="declaredSchema">The manifest's JSON Schema, null when it declares none.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <exception cref="InvalidOperationException">The schema is one that publishing refuses.</exception>
    public static async Task<IReadOnlyList<string>> FindFaultsAsync(
        JsonElement settings, JsonElement? declaredSchema, CancellationToken cancellationToken)
    {
        if (declaredSchema is not { } declared) return [];
        var (schema, fault) = await ConfigSchema.ReadAsync(declared, cancellationToken).ConfigureAwait(false);
        if (schema is null) throw new InvalidOperationException($"A published manifest holds a schema that publishing refuses: {fault}.");
        return schema.FindFaults(settings.GetRawText());
    }

    /// <summary>The refusal for settings that do not fit.</summary>
    public static Refusal Unfit(IReadOnlyList<string> faults) => Refused($"config does not fit this version's schema: {string.Join("; ", faults)}.");

    private static Refusal Refused(string message) => new(ErrorCode.InvalidRequest, message);
}
