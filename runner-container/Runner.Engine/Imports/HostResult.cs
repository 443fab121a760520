using System.Diagnostics.CodeAnalysis;

namespace Alga.Extensions.Runner.Engine;

/// <summary>An error that a guest sees as a case of the interface's <c>error</c> variant.</summary>
/// <param name="Kind">The case.</param>
/// <param name="Message">English, for the extension's author; never text of an exception.</param>
public sealed record HostError<TKind>(TKind Kind, string Message)
    where TKind : struct, Enum;

/// <summary>Result of a host call: a value, or an error that the guest can act on.</summary>
public readonly struct HostResult<T, TKind>
    where TKind : struct, Enum
{
    private readonly T? value;
    private readonly HostError<TKind>? error;

    private HostResult(T? value, HostError<TKind>? error)
    {
        this.value = value;
        this.error = error;
    }

    /// <summary>Gives the value, or the error when there is no value.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out HostError<TKind>? error)
    {
        value = this.value;
        error = this.error;
        return error is null;
    }

    public static implicit operator HostResult<T, TKind>(T value) => new(value, null);

    public static implicit operator HostResult<T, TKind>(HostError<TKind> error) => new(default, error);
}
