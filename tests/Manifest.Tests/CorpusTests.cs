using System.Text;
using NJsonSchema;

namespace Alga.Extensions.Manifest.Tests;

/// <summary>The validator and the published schema agree, except for what only the validator can say.</summary>
public sealed class CorpusTests
{
    private static readonly Lazy<Task<JsonSchema>> Schema = new(() => JsonSchema.FromJsonAsync(ManifestSchema.ReadJson()));

    public static TheoryData<string> Valid => Vectors.Names("valid");

    public static TheoryData<string> Invalid => Vectors.Names("invalid");

    public static TheoryData<string> BeyondSchema => Vectors.Names("beyond-schema");

    [Theory]
    [MemberData(nameof(Valid))]
    public async Task A_valid_manifest_is_accepted_by_validator_and_schema(string name)
    {
        var result = ManifestReader.Read(Vectors.Read(name));

        Assert.Empty(result.Faults);
        Assert.True(result.IsValid);
        Assert.Empty(await SchemaFaultsAsync(name));
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public async Task An_invalid_manifest_is_refused_by_validator_and_schema(string name)
    {
        AssertRefusedAtItsFaults(name);
        Assert.NotEmpty(await SchemaFaultsAsync(name));
    }

    [Theory]
    [MemberData(nameof(BeyondSchema))]
    public async Task A_rule_between_fields_is_refused_by_the_validator_alone(string name)
    {
        AssertRefusedAtItsFaults(name);
        Assert.Empty(await SchemaFaultsAsync(name));
    }

    private static void AssertRefusedAtItsFaults(string name)
    {
        var result = ManifestReader.Read(Vectors.Read(name));

        Assert.Null(result.Manifest);
        Assert.Equal(Vectors.Faults(name).Order(StringComparer.Ordinal), result.Faults.Select(fault => fault.Path).Order(StringComparer.Ordinal));
        Assert.All(result.Faults, fault => Assert.DoesNotContain(fault.ToString(), char.IsControl));
    }

    private static async Task<IEnumerable<string>> SchemaFaultsAsync(string name) =>
        (await Schema.Value).Validate(Encoding.UTF8.GetString(Vectors.Read(name))).Select(fault => fault.ToString());
}
