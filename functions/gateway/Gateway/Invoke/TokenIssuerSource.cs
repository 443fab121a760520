using Alga.Extensions.ServiceTokens;

namespace Alga.Extensions.Gateway.Invoke;

/// <summary>The issuer for the current key; a rotated key is taken up as soon as the secret store gives it.</summary>
internal sealed class TokenIssuerSource(ServiceTokenKeySource keys, TimeProvider time)
{
    private volatile Current? current;

    private sealed record Current(byte[] Key, ServiceTokenIssuer Issuer);

    public async ValueTask<ServiceTokenIssuer> GetAsync(CancellationToken cancellationToken)
    {
        var key = await keys(cancellationToken);
        if (current is { } known && ReferenceEquals(known.Key, key)) return known.Issuer;

        var fresh = new Current(key, new ServiceTokenIssuer(new ServiceTokenKey(key), time));
        current = fresh;
        return fresh.Issuer;
    }
}
