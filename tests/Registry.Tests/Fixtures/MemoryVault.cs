using System.Collections.Concurrent;
using Azure;
using Azure.Security.KeyVault.Secrets;
using NSubstitute;

namespace Alga.Extensions.Registry.Tests.Fixtures;

/// <summary>A vault in memory with one version of each secret.</summary>
internal sealed class MemoryVault
{
    private readonly ConcurrentDictionary<string, string> secrets = new(StringComparer.Ordinal);

    public MemoryVault()
    {
        Client = Substitute.For<SecretClient>();
        Client.GetSecretAsync(Arg.Any<string>(), Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns(call => Get(call.ArgAt<string>(0)));
        Client.SetSecretAsync(Arg.Any<string>(), Arg.Any<string>(), Arg.Any<CancellationToken>()).Returns(call =>
        {
            secrets[call.ArgAt<string>(0)] = call.ArgAt<string>(1);
            return Get(call.ArgAt<string>(0));
        });
    }

    public SecretClient Client { get; }

    public bool IsDown { get; set; }

    /// <summary>A secret's bytes.</summary>
    public byte[] Bytes(string name) => Convert.FromBase64String(secrets[name]);

    private Response<KeyVaultSecret> Get(string name)
    {
        if (IsDown) throw new RequestFailedException(503, "down");
        if (!secrets.TryGetValue(name, out var value)) throw new RequestFailedException(404, "no");
        return Response.FromValue(SecretModelFactory.KeyVaultSecret(SecretModelFactory.SecretProperties(name: name, version: "v1"), value), Substitute.For<Response>());
    }
}
