using System.Text.Json;
using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Index;
using Alga.Extensions.Registry.Seal;
using Alga.Extensions.Signing;
using Npgsql;

namespace Alga.Extensions.Registry.Keys;

/// <summary>
/// The life of publishers' keys: active, then retired or compromised, never back. Each change signs all indexes of the publisher
/// anew in its own transaction, so runners and gateways learn of it at once or not at all.
/// </summary>
public sealed class PublisherKeys(TenantDatabase database, NpgsqlDataSource dataSource, RegistrySealer sealer, IndexIssuer indexes, TrustBundle trust, AuditLog audit, TimeProvider time)
{
    /// <summary>The publisher's keys: those of the registry, then those that only the trust bundle has.</summary>
    public async Task<Outcome<KeyList>> ListAsync(Caller caller, string publisher, CancellationToken cancellationToken)
    {
        if (CallerRights.UnlessMayManage(caller, publisher) is { } stranger) return stranger;
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var keys = await PublisherKeyRows.ReadAsync(connection, null, publisher, cancellationToken).ConfigureAwait(false);
        var pinned = TrustedFor(publisher).Where(pinned => !keys.Any(key => key.KeyId == pinned.Key.KeyId));
        return new KeyList(
        [
            .. keys.Select(key => key.ToView()),
            .. pinned.Select(key => new KeyView(key.Key.KeyId, KeyView.FromTrustBundle, key.Key.ToPem(), KeyState.Active, key.NotBefore, key.NotAfter, null, null)),
        ]);
    }

    /// <summary>Adds a key whose private half the caller proved to hold; adding it again gives it as it is.</summary>
    public async Task<Outcome<KeyChange>> AddAsync(Caller caller, Actor actor, string publisher, AddKeyRequest request, CancellationToken cancellationToken)
    {
        if (CallerRights.UnlessMayManage(caller, publisher) is { } stranger) return stranger;
        var now = Now();
        if (!VerificationKey.Parse(request.PublicKey).TryGet(out var key, out var refusal)) return refusal;
        if (KeyProof.FindFault(request.Proof, BundleStatement.DefaultRegistry, publisher, key, now) is { } fault) return fault;
        if (request.NotBefore > request.NotAfter || request.NotAfter <= now) return new Refusal(ErrorCode.InvalidRequest, "notAfter must lie in the future and after notBefore.");
        if (trust.RegistryKeys.Any(other => other.Key.KeyId == key.KeyId) || trust.Keys.Any(other => other.Key.KeyId == key.KeyId))
            return new Refusal(ErrorCode.Conflict, "The trust bundle has this key already; use a key of its own for each purpose.");

        var seal = await sealer.GetAsync(cancellationToken).ConfigureAwait(false);
        return await database.TryInPlatformAsync(
            async Task<Outcome<KeyChange>> (_, transaction) =>
            {
                await IndexRows.LockAsync(transaction, publisher, cancellationToken).ConfigureAwait(false);
                var keys = await PublisherKeyRows.ReadAsync(transaction.Connection!, transaction, publisher, cancellationToken).ConfigureAwait(false);
                if (keys.FirstOrDefault(known => known.KeyId == key.KeyId) is { } earlier)
                {
                    return earlier is { PublicKey: not null, Status: KeyState.Active }
                        ? new KeyChange(earlier, Changed: false)
                        : new Refusal(ErrorCode.Conflict, $"Key {key.KeyId} is {earlier.Status} and does not come back; make a new one.");
                }

                if (keys.Count >= PublisherKeyRows.MaxKeys) return new Refusal(ErrorCode.Conflict, $"A publisher has at most {PublisherKeyRows.MaxKeys} keys, also counting those that are retired.");
                if (await PublisherKeyRows.FindOwnerAsync(transaction, key.KeyId, cancellationToken).ConfigureAwait(false) is not null)
                    return new Refusal(ErrorCode.Conflict, "This key signs for another publisher; make a key of its own for each.");
                var added = new PublisherKey(key.KeyId, key, KeyState.Active, Cut(request.NotBefore), Cut(request.NotAfter), null, now);
                return await SaveAsync(transaction, actor, publisher, "key.add", null, added, seal, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Retires a key: it signs nothing new, and what was accepted before stands.</summary>
    public Task<Outcome<KeyChange>> RetireAsync(Caller caller, Actor actor, string publisher, string keyId, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, actor, publisher, keyId, "key.retire",
            async (transaction, current) =>
            {
                if (current.Status == KeyState.Retired) return current;
                if (current.Status == KeyState.Compromised) return new Refusal(ErrorCode.Conflict, "The key is compromised, which is more than retired.");
                // After all that it signed, whichever clock told the time of that: retirement never takes anything back.
                var last = await PublisherKeyRows.FindLastUseAsync(transaction, keyId, cancellationToken).ConfigureAwait(false);
                var now = Now();
                return current with { Status = KeyState.Retired, Since = last >= now ? last.Value.AddMilliseconds(1) : now };
            },
            cancellationToken);

    /// <summary>
    /// Marks a key compromised: what the registry accepted at or after a time is rejected everywhere. The time may be moved to an
    /// earlier one; to a later one, which brings versions back, only by an operator.
    /// </summary>
    public Task<Outcome<KeyChange>> CompromiseAsync(Caller caller, Actor actor, string publisher, string keyId, DateTimeOffset since, CancellationToken cancellationToken) =>
        ChangeAsync(
            caller, actor, publisher, keyId, "key.compromise",
            (_, current) =>
            {
                var at = Cut(since)!.Value;
                if (at > Now()) return Task.FromResult<Outcome<PublisherKey>>(new Refusal(ErrorCode.InvalidRequest, "since lies in the future; give the time from which on the key may have been in other hands."));
                if (current.Status == KeyState.Compromised && at > current.Since && !CallerRights.IsOperator(caller))
                    return Task.FromResult<Outcome<PublisherKey>>(new Refusal(ErrorCode.Forbidden, "Only an operator of the platform may move the time of a compromise to a later one; ask them."));
                return Task.FromResult<Outcome<PublisherKey>>(current with { Status = KeyState.Compromised, Since = at });
            },
            cancellationToken);

    private async Task<Outcome<KeyChange>> ChangeAsync(
        Caller caller, Actor actor, string publisher, string keyId, string action, Func<NpgsqlTransaction, PublisherKey, Task<Outcome<PublisherKey>>> change, CancellationToken cancellationToken)
    {
        if (CallerRights.UnlessMayManage(caller, publisher) is { } stranger) return stranger;
        if (keyId.Length != 64 || !keyId.All(char.IsAsciiHexDigitLower)) return NoKey;
        var seal = await sealer.GetAsync(cancellationToken).ConfigureAwait(false);
        return await database.TryInPlatformAsync(
            async Task<Outcome<KeyChange>> (_, transaction) =>
            {
                await IndexRows.LockAsync(transaction, publisher, cancellationToken).ConfigureAwait(false);
                var keys = await PublisherKeyRows.ReadAsync(transaction.Connection!, transaction, publisher, cancellationToken).ConfigureAwait(false);
                var current = keys.FirstOrDefault(key => key.KeyId == keyId);
                if (current is null && !await IsKnownAsync(transaction, caller, publisher, keyId, cancellationToken).ConfigureAwait(false)) return NoKey;
                if (current is null && keys.Count >= PublisherKeyRows.MaxKeys) return new Refusal(ErrorCode.Conflict, $"A publisher has at most {PublisherKeyRows.MaxKeys} keys at the registry.");
                var before = current ?? new PublisherKey(keyId, null, KeyState.Active, null, null, null, Now());
                if (!(await change(transaction, before).ConfigureAwait(false)).TryGet(out var after, out var refusal)) return refusal;
                if (after == before) return new KeyChange(before, Changed: false);
                return await SaveAsync(transaction, actor, publisher, action, current, after, seal, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> IsKnownAsync(NpgsqlTransaction transaction, Caller caller, string publisher, string keyId, CancellationToken cancellationToken) =>
        CallerRights.IsOperator(caller)
        || TrustedFor(publisher).Any(trusted => trusted.Key.KeyId == keyId)
        || await PublisherKeyRows.HasSignedAsync(transaction, publisher, keyId, cancellationToken).ConfigureAwait(false);

    private async Task<KeyChange> SaveAsync(
        NpgsqlTransaction transaction, Actor actor, string publisher, string action, PublisherKey? before, PublisherKey after, RegistrySeal seal, CancellationToken cancellationToken)
    {
        await PublisherKeyRows.SaveAsync(transaction, publisher, after, actor.Name, Now(), cancellationToken).ConfigureAwait(false);
        var entry = new AuditEntry(action, $"{publisher}#{after.KeyId}", ToJson(before), ToJson(after)) { Publisher = publisher };
        await audit.AddAsync(transaction, TenantDatabase.PlatformScope, actor, entry, cancellationToken).ConfigureAwait(false);
        await indexes.IssueAllAsync(transaction, publisher, seal, cancellationToken).ConfigureAwait(false);
        return new KeyChange(after, Changed: true);
    }

    private IEnumerable<TrustedKey> TrustedFor(string publisher) => trust.Keys.Where(key => key.Publishers.Contains(publisher));

    private static Refusal NoKey { get; } = new(ErrorCode.NotFound, "The publisher has no key of this id; 'alga-ext keys list' shows what it has.");

    private static string? ToJson(PublisherKey? key) => key is null ? null : JsonSerializer.Serialize(key.ToView(), RegistryJson.Default.KeyView);

    // Indexes have whole milliseconds.
    private DateTimeOffset Now() => Cut(time.GetUtcNow())!.Value;

    private static DateTimeOffset? Cut(DateTimeOffset? at) =>
        at is { } value ? new DateTimeOffset(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero) : null;
}

/// <summary>A key, and whether this request changed it.</summary>
public sealed record KeyChange(PublisherKey Key, bool Changed);
