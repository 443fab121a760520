using Alga.Extensions.Runner.Compiler;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Alga.Extensions.Runner.Http;

/// <summary>Registration of everything that makes, keeps and finds compiled code.</summary>
public static class CompileServices
{
    /// <summary>Adds the compiler and the places where compiled code is kept.</summary>
    public static IServiceCollection AddCompiling(this IServiceCollection services, RunnerOptions options)
    {
        services.AddSingleton(new CompilerOptions { Limits = new CompilerLimits(options.CompileMemoryMb, options.CompileSeconds) });
        services.AddSingleton<CompilerProcess>();
        services.AddSingleton<RefusedComponents>();
        services.AddSingleton(provider => new CompiledCache(options.CacheRoot, options.CacheDiskMb * 1024L * 1024L, provider.GetRequiredService<ILogger<CompiledCache>>()));
        services.AddSingleton(provider => new MappedCode(options.CacheRoot, provider.GetRequiredService<ILogger<MappedCode>>()));
        services.AddSingleton<CompiledBlobs>();
        services.AddSingleton<SharedCodes>();
        services.AddSingleton<ComponentCompiler>();
        services.AddSingleton<CompileAhead>();
        services.AddHostedService(provider => provider.GetRequiredService<CompileAhead>());
        services.AddSingleton<CompiledUpkeep>();
        services.AddHostedService(provider => provider.GetRequiredService<CompiledUpkeep>());
        return services;
    }
}
