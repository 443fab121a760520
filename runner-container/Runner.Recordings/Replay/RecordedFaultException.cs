namespace Alga.Extensions.Runner.Recordings;

/// <summary>The platform failed at this host call when it was recorded, and so it does in a replay.</summary>
public sealed class RecordedFaultException() : Exception("The platform failed at this call when it was recorded.");
