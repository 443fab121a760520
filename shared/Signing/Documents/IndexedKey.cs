using System.Text.Json.Serialization;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>Where a key of a publisher is in its life.</summary>
public static class KeyState
{
    public const string Active = "active";

    /// <summary>Signs nothing new; what was accepted before stands.</summary>
    public const string Retired = "retired";

    /// <summary>In somebody else's hands since a time: what was accepted at or after it is rejected.</summary>
    public const string Compromised = "compromised";

    public static IReadOnlyList<string> All { get; } = [Active, Retired, Compromised];
}

/// <summary>A key of a publisher as the registry knows it.</summary>
/// <param name="KeyId">SHA-256 of its SubjectPublicKeyInfo.</param>
/// <param name="PublicKey">
/// Its SubjectPublicKeyInfo, base64, which makes it a key that may sign. Null for a key that only the trust bundle or a
/// certificate makes trusted: then status and times restrict that trust and give none.
/// </param>
/// <param name="Status">A value of <see cref="KeyState"/>.</param>
/// <param name="NotBefore">What was accepted earlier does not count; null for no bound.</param>
/// <param name="NotAfter">What was accepted later does not count; null for no bound.</param>
/// <param name="Since">When it was retired, or from when on it was compromised; null for an active one.</param>
public sealed record IndexedKey(
    string KeyId,
    string? PublicKey,
    string Status,
    [property: JsonConverter(typeof(NullableUtcTimeConverter))] DateTimeOffset? NotBefore,
    [property: JsonConverter(typeof(NullableUtcTimeConverter))] DateTimeOffset? NotAfter,
    [property: JsonConverter(typeof(NullableUtcTimeConverter))] DateTimeOffset? Since)
{
    /// <summary>Why a signature of this key does not count for something accepted at a time; null when it counts.</summary>
    public Refusal? FindFault(DateTimeOffset acceptedAt)
    {
        if (acceptedAt < NotBefore || acceptedAt > NotAfter) return SigningRefusal.Of($"Key {KeyId} was not valid when this was accepted. Sign with a current key and publish a new version.");
        if (Status != KeyState.Active && acceptedAt >= Since)
        {
            return Status == KeyState.Retired
                ? SigningRefusal.Of($"Key {KeyId} was retired and signs nothing new. Sign with a current key.")
                : new Refusal(ErrorCode.VersionRevoked, $"Key {KeyId} was compromised, and this was accepted after that. Sign with another key and publish a new version.");
        }

        return null;
    }

    internal bool IsWellFormed() =>
        KeyState.All.Contains(Status) && (Status == KeyState.Active) == (Since is null) && !(NotBefore > NotAfter);
}

/// <summary>The same form as <see cref="UtcTimeConverter"/>, or null.</summary>
internal sealed class NullableUtcTimeConverter : JsonConverter<DateTimeOffset?>
{
    private static readonly UtcTimeConverter Inner = new();

    public override DateTimeOffset? Read(ref System.Text.Json.Utf8JsonReader reader, Type typeToConvert, System.Text.Json.JsonSerializerOptions options) =>
        reader.TokenType == System.Text.Json.JsonTokenType.Null ? null : Inner.Read(ref reader, typeof(DateTimeOffset), options);

    public override void Write(System.Text.Json.Utf8JsonWriter writer, DateTimeOffset? value, System.Text.Json.JsonSerializerOptions options)
    {
        if (value is { } time) Inner.Write(writer, time, options);
        else writer.WriteNullValue();
    }
}
