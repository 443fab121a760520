using System.Diagnostics.CodeAnalysis;

namespace Alga.Extensions.Contracts;

/// <summary>Why something was refused: a code for programs, a message that tells a person what to change.</summary>
/// <param name="Code">The code; decides the HTTP status.</param>
/// <param name="Message">English, one sentence or two, never text of a guest or of an exception.</param>
public sealed record Refusal(ErrorCode Code, string Message);

/// <summary>A value, or the reason why there is none. Expected outcomes travel this way; exceptions are faults.</summary>
public readonly struct Outcome<T>
{
    private readonly T? value;
    private readonly Refusal? refusal;

    private Outcome(T? value, Refusal? refusal)
    {
        this.value = value;
        this.refusal = refusal;
    }

    /// <summary>Gives the value, or the refusal when there is no value.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = this.value;
        refusal = this.refusal;
        return refusal is null;
    }

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
