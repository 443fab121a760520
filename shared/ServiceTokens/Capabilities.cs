using Alga.Extensions.Contracts;

namespace Alga.Extensions.ServiceTokens;

internal static class Capabilities
{
    /// <summary>The plain name of an entry of <c>providers</c>; one without the prefix is left as it is and will not match.</summary>
    public static string FromProvider(string provider) =>
        provider.StartsWith(Capability.ProviderPrefix, StringComparison.Ordinal) ? provider[Capability.ProviderPrefix.Length..] : provider;
}
