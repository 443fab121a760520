using System.Text.Json.Serialization;

namespace Alga.Extensions.KeyVault;

/// <summary>One version of a secret, as kept in its file.</summary>
public sealed record SecretVersion
{
    public required string Version { get; init; }

    public required string Value { get; init; }

    public string? ContentType { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    public bool Enabled { get; init; } = true;

    /// <summary>Unix seconds.</summary>
    public long? NotBefore { get; init; }

    /// <summary>Unix seconds.</summary>
    public long? Expires { get; init; }

    /// <summary>Unix seconds.</summary>
    public required long Created { get; init; }
}

/// <summary>JSON of the vault's files.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(List<SecretVersion>))]
internal sealed partial class VaultJson : JsonSerializerContext
{
}
