using Alga.Extensions.Signing;

namespace Alga.Extensions.Registry.Accept;

/// <summary>A verified counter-signature.</summary>
/// <param name="Statement">What it says.</param>
/// <param name="Envelope">Its bytes, as in the bundle store.</param>
public sealed record Acceptance(AcceptanceStatement Statement, byte[] Envelope);
