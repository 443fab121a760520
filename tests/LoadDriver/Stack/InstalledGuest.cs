namespace Alga.Extensions.LoadDriver.Stack;

/// <summary>A guest as the demo tenant has it.</summary>
internal sealed record InstalledGuest(string Name, Guid InstallId, Guid VersionId, string ContentHash);
