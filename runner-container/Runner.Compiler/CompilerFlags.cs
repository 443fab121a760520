namespace Alga.Extensions.Runner.Compiler;

/// <summary>What the compiler is asked to do besides its limits.</summary>
public static class CompilerFlags
{
    /// <summary>First argument: the code counts its instructions, for requests with a fuel limit.</summary>
    public const string Metered = "--metered";
}
