using Alga.Extensions.ServiceTokens;

namespace Alga.Extensions.Runner.Http;

/// <summary>The two keys that the runner needs, there once the vault answered. It holds no other secret.</summary>
public sealed class PlatformKeys
{
    /// <summary>Name in the vault of the key for the MAC of compiled components.</summary>
    public const string CompiledCodeSecret = "alga-compiled-code-key";

    private volatile Keys? keys;

    /// <summary>Key for the MAC of compiled components.</summary>
    /// <exception cref="InvalidOperationException">The runner is not ready yet.</exception>
    public byte[] CompiledCode => (keys ?? throw new InvalidOperationException("The keys are not there yet.")).CompiledCode;

    /// <summary>Whether the vault answered.</summary>
    public bool AreThere => keys is not null;

    /// <summary>Checks service tokens; null as long as the runner is not ready.</summary>
    public ServiceTokenVerifier? Tokens => keys?.Tokens;

    /// <summary>Sets both at once.</summary>
    public void Set(ServiceTokenVerifier tokens, byte[] compiledCode) => keys = new Keys(tokens, compiledCode);

    private sealed record Keys(ServiceTokenVerifier Tokens, byte[] CompiledCode);
}
