namespace Alga.Extensions.Runner.HostApis;

/// <summary>A name leads to where extensions may not go. Thrown inside a connection attempt, where no value can be returned.</summary>
internal sealed class EgressRefusedException() : IOException("The name has an address that is not public.");
