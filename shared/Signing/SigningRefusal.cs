using Alga.Extensions.Contracts;

namespace Alga.Extensions.Signing;

/// <summary>Makes the refusals of this library: one code, and a message that says who must do what.</summary>
internal static class SigningRefusal
{
    public static Refusal Of(string message) => new(ErrorCode.SignatureInvalid, message);
}
