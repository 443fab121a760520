using Alga.Extensions.Contracts;

namespace Alga.Extensions.AlgaExt.Common;

/// <summary>Why a command did nothing.</summary>
/// <param name="Code">A wire name of <see cref="ErrorTable"/>, or one of this class.</param>
/// <param name="Message">What to change.</param>
/// <param name="Errors">Single faults where there are several.</param>
public sealed record CliRefusal(string Code, string Message, IReadOnlyList<string>? Errors = null)
{
    /// <summary>The command line is wrong.</summary>
    public const string Usage = "usage";

    /// <summary>A file cannot be read or written.</summary>
    public const string File = "file_error";

    /// <summary>The registry cannot be reached, or answers with something that is none of its answers.</summary>
    public const string RegistryUnavailable = "registry_unavailable";

    /// <summary>A key vault does not give the key.</summary>
    public const string VaultUnavailable = "vault_unavailable";

    public static CliRefusal From(Refusal refusal) => new(ErrorTable.Describe(refusal.Code).Name, refusal.Message);
}

/// <summary>Ends a command with a refusal, caught in one place.</summary>
public sealed class RefusedException(CliRefusal refusal) : Exception(refusal.Message)
{
    public CliRefusal Refusal { get; } = refusal;

    /// <summary>The value of an outcome; a refusal ends the command.</summary>
    public static T Unwrap<T>(Outcome<T> outcome) =>
        outcome.TryGet(out var value, out var refusal) ? value : throw new RefusedException(CliRefusal.From(refusal));
}
