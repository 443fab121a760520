using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.Http;

/// <summary>A component that the engine took.</summary>
/// <param name="Guest">It.</param>
/// <param name="MemoryBytes">Memory that it holds while it is loaded, about.</param>
public readonly record struct RestoredGuest(GuestComponent Guest, int MemoryBytes);

/// <summary>Code that components share, as the engine took it.</summary>
/// <param name="Code">It, with one user.</param>
/// <param name="MemoryBytes">Memory that it holds while it is loaded, about.</param>
public readonly record struct RestoredCode(SharedCode Code, int MemoryBytes);
