using Alga.Extensions.Contracts;

namespace Alga.Extensions.Bundles.Rewriting;

/// <summary>A component in two parts.</summary>
/// <param name="Code">A core module: all functions, tables and constants, and a memory of the same size, but empty.</param>
/// <param name="Component">A component that imports the module as <see cref="SharedCodeNames.Import"/> and, once it has made an instance of it, fills its memory and sets its globals.</param>
public sealed record SplitComponent(byte[] Code, byte[] Component);
