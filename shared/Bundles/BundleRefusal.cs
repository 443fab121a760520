using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles;

/// <summary>Makes the refusals of this library: one code, and a message that names the entry and the rule.</summary>
internal static class BundleRefusal
{
    private const string Remedy = "Pack the extension again with 'alga-ext pack'.";

    public static Refusal Of(string message) => new(ErrorCode.BundleInvalid, message);

    /// <summary>For damage that no publisher writes by hand.</summary>
    public static Refusal Damaged(string message) => Of($"{message} {Remedy}");
}
