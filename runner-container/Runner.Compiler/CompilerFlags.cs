namespace Alga.Extensions.Runner.Compiler;

/// <summary>What the compiler is told besides its limits: before them, in this order.</summary>
public static class CompilerFlags
{
    /// <summary>The code counts its instructions, for requests with a fuel limit.</summary>
    public const string Metered = "--metered";

    /// <summary>The input is a core module that components share.</summary>
    public const string Shared = "--shared";

    /// <summary>The input is a component that imports one, and so cannot be run here to be measured.</summary>
    public const string Linked = "--linked";
}
