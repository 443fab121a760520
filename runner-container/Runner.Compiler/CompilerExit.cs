namespace Alga.Extensions.Runner.Compiler;

/// <summary>How the compiler ends. Anything else is a crash, or a limit of the operating system that ended it.</summary>
public enum CompilerExit
{
    /// <summary>A <see cref="CompilerAnswer"/> is on standard output.</summary>
    Compiled = 0,

    /// <summary>The arguments are wrong, or the operating system did not take the limits.</summary>
    Misused = 2,

    /// <summary>The component is not valid, or uses what the sandbox leaves out.</summary>
    NotCompilable = 65,

    /// <summary>The component does not answer requests.</summary>
    NoHandler = 66,
}
