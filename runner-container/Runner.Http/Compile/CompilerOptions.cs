using Alga.Extensions.Runner.Compiler;

namespace Alga.Extensions.Runner.Http;

/// <summary>What one compilation may use.</summary>
public sealed record CompilerOptions
{
    /// <summary>Memory and processor time, set by the compiler for itself.</summary>
    public required CompilerLimits Limits { get; init; }

    /// <summary>Time by the clock, after which the process is killed. Twice the processor time: it gives way to everything else.</summary>
    public TimeSpan Timeout => TimeSpan.FromSeconds(Limits.CpuSeconds * 2);

    /// <summary>The compiler's program; beside this one, where the build puts it.</summary>
    public string Program { get; init; } = Path.Combine(AppContext.BaseDirectory, "Alga.Extensions.Runner.Compiler.dll");
}
