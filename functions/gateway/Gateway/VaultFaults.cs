using Alga.Extensions.Contracts;
using Alga.Extensions.HttpEdge;
using Alga.Extensions.Secrets;

namespace Alga.Extensions.Gateway;

/// <summary>Tells an outage of the key vault from a fault of ours.</summary>
internal static class VaultFaults
{
    /// <summary>What is answered where the gateway needs its key and has none that is recent enough: it lasts for an hour without the vault, and a new gateway has none.</summary>
    public static readonly Outage Outage = new(
        "the key vault", exception => exception is SecretUnavailableException, new Refusal(ErrorCode.Overloaded, "The platform's key vault does not answer now. Try again shortly."));
}
