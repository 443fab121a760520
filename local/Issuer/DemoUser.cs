using System.Text.Json;
using System.Text.Json.Serialization;

namespace Alga.Extensions.Issuer;

/// <summary>A user that anybody on this machine may act as.</summary>
public sealed record DemoUser
{
    public required string Email { get; init; }

    public required string Name { get; init; }

    /// <summary>Null for somebody who belongs to no tenant, such as a publisher's developer.</summary>
    public Guid? TenantId { get; init; }

    // A generated JSON reader sets every init property, those that are missing to null.
    public IReadOnlyList<string> Roles { get; init => field = value ?? []; } = [];

    /// <summary>Publishers that the user acts for.</summary>
    public IReadOnlyList<string> Publishers { get; init => field = value ?? []; } = [];

    /// <summary>Reads the users' file.</summary>
    /// <exception cref="JsonException">It is not what it should be.</exception>
    public static IReadOnlyDictionary<string, DemoUser> ReadAll(string file)
    {
        using var stream = File.OpenRead(file);
        var users = JsonSerializer.Deserialize(stream, IssuerJson.Default.DemoUsers) ?? throw new JsonException("The file is empty.");
        return users.Users.ToDictionary(user => user.Email, StringComparer.Ordinal);
    }
}

/// <summary>The users' file.</summary>
public sealed record DemoUsers(IReadOnlyList<DemoUser> Users);

/// <summary>JSON of the issuer.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(DemoUsers))]
public sealed partial class IssuerJson : JsonSerializerContext
{
}
