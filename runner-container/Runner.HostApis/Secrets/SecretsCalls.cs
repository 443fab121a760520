using Alga.Extensions.Contracts;
using Alga.Extensions.Runner.Engine;

namespace Alga.Extensions.Runner.HostApis;

/// <summary>Interface <c>secrets</c>: capability <c>secrets.get</c>, which no install can be granted yet, so every call is denied.</summary>
internal sealed class SecretsCalls : ISecretsCalls
{
    public static readonly SecretsCalls Instance = new();

    private static readonly HostError<SecretsErrorKind> Denied =
        new(SecretsErrorKind.Denied, $"This platform does not grant capability {Capability.SecretsGet}: extensions have no secrets.");

    public HostResult<string, SecretsErrorKind> Get(string name) => Denied;

    public HostResult<IReadOnlyList<string>, SecretsErrorKind> GetNames() => Denied;
}
