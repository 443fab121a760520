using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Alga.Extensions.Authentication;

/// <summary>
/// The signing keys of one issuer, from OpenID Connect discovery. Kept for an hour; a token under an unknown key fetches
/// them early, yet not twice within half a minute, whatever callers send. When the issuer is down the last keys stay good
/// for a day. <c>ConfigurationManager</c> would answer a rotation with the old keys until a refresh in the background ends.
/// </summary>
internal sealed class IssuerKeys(string issuer, IDocumentRetriever documents, TimeProvider time, ILogger logger) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Usable = TimeSpan.FromDays(1);
    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly string address = issuer.TrimEnd('/') + "/.well-known/openid-configuration";
    private volatile Snapshot? latest;
    private DateTimeOffset nextAttempt = DateTimeOffset.MinValue;

    private sealed record Snapshot(IReadOnlyDictionary<string, SecurityKey> Keys, DateTimeOffset FetchedAt);

    /// <summary>Whether keys are known, and the one with this id if it is among them.</summary>
    public async ValueTask<(bool Known, SecurityKey? Key)> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var current = latest;
        if (Has(current, keyId, out var key))
        {
            // While one caller fetches anew, the others go on with the key they have.
            if (IsYoungerThan(current!, Fresh) || (IsYoungerThan(current!, Usable) && gate.CurrentCount == 0)) return (true, key);
        }

        current = await RefreshAsync(current, cancellationToken);
        if (current is null || !IsYoungerThan(current, Usable)) return (false, null);
        return (true, current.Keys.GetValueOrDefault(keyId));
    }

    public void Dispose() => gate.Dispose();

    private static bool Has(Snapshot? snapshot, string keyId, out SecurityKey? key)
    {
        key = null;
        return snapshot is not null && snapshot.Keys.TryGetValue(keyId, out key);
    }

    private bool IsYoungerThan(Snapshot snapshot, TimeSpan age) => time.GetUtcNow() - snapshot.FetchedAt < age;

    private async Task<Snapshot?> RefreshAsync(Snapshot? seen, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            // Somebody else fetched while this one waited, or an attempt was made just now.
            if (!ReferenceEquals(latest, seen) || time.GetUtcNow() < nextAttempt) return latest;

            // The fetch serves all who wait, so one caller who leaves does not end it; the client has a timeout.
            nextAttempt = time.GetUtcNow() + BetweenAttempts;
            latest = await FetchAsync();
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or InvalidOperationException or OperationCanceledException or ArgumentException)
        {
            Log.IssuerUnreachable(logger, issuer, exception);
        }
        finally
        {
            gate.Release();
        }

        return latest;
    }

    private async Task<Snapshot> FetchAsync()
    {
        var configuration = await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, CancellationToken.None);
        if (configuration.Issuer != issuer)
        {
            throw new InvalidOperationException("The discovery document names another issuer than the one it was fetched for.");
        }

        var keys = new Dictionary<string, SecurityKey>(StringComparer.Ordinal);
        foreach (var key in configuration.SigningKeys.Where(key => key is AsymmetricSecurityKey or JsonWebKey))
        {
            if (!string.IsNullOrEmpty(key.KeyId)) keys.TryAdd(key.KeyId, key);
        }

        Log.KeysFetched(logger, issuer, keys.Count);
        return new Snapshot(keys, time.GetUtcNow());
    }
}
