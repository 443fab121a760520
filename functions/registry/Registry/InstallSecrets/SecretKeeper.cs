using System.Text;
using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Manifest;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Paging;
using Alga.Extensions.Secrets;
using Npgsql;

namespace Alga.Extensions.Registry.InstallSecrets;

/// <summary>Keeps the secrets of installs: each on its own, so that no write touches another.</summary>
public sealed class SecretKeeper(TenantDatabase database, TenantKeys keys, AuditLog audit, TimeProvider time)
{
    /// <summary>Largest value, in bytes of UTF-8.</summary>
    public const int MaxValueBytes = 24 * 1024;

    private static readonly Refusal VaultDown = new(ErrorCode.Overloaded, "The key vault does not answer; nothing was changed, try again later.");

    /// <summary>What the installed version declares, and what is stored besides.</summary>
    public Task<Outcome<Page<SecretView>>> ListAsync(Guid tenantId, string extension, CancellationToken cancellationToken) =>
        database.TryInTenantAsync(
            tenantId,
            async Task<Outcome<Page<SecretView>>> (_, transaction) =>
            {
                if (!Installed(await InstallStore.FindAsync(transaction, extension, cancellationToken).ConfigureAwait(false), extension).TryGet(out var install, out var refusal)) return refusal;
                var declared = install.Manifest.Secrets;
                var rows = await SecretStore.ListAsync(transaction, tenantId, install.InstallId, cancellationToken).ConfigureAwait(false);
                var names = declared.Select(secret => secret.Name).Union(rows.Select(row => row.Name), StringComparer.Ordinal);
                var now = time.GetUtcNow().UtcDateTime;
                return new Page<SecretView>(
                    [.. names.Select(name => SecretView.From(name, Find(declared, name), rows.FirstOrDefault(row => row.Name == name), now))], null);
            },
            cancellationToken);

    /// <summary>Stores a value in the place of whatever was there.</summary>
    public async Task<Outcome<SecretView>> PutAsync(
        Guid tenantId, Actor actor, string extension, string name, SecretRequest request, CancellationToken cancellationToken)
    {
        var now = WholeSecond(time.GetUtcNow());
        if (FindFault(request, now) is { } fault) return new Refusal(ErrorCode.InvalidRequest, fault);
        // Before the vault is asked: a tenant without the install needs no key.
        if (await CheckAsync(tenantId, extension, name, cancellationToken).ConfigureAwait(false) is { } refusal) return refusal;
        TenantKey key;
        try
        {
            key = await keys.GetCurrentAsync(tenantId, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretUnavailableException)
        {
            return VaultDown;
        }

        return await database.TryInTenantAsync(
            tenantId,
            async Task<Outcome<SecretView>> (_, transaction) =>
            {
                if (!Installed(await InstallStore.LockAsync(transaction, extension, cancellationToken).ConfigureAwait(false), extension).TryGet(out var install, out var notInstalled)) return notInstalled;
                if (Find(install.Manifest.Secrets, name) is not { } secret) return NotDeclared(install);
                var before = await SecretStore.FindAsync(transaction, tenantId, install.InstallId, name, cancellationToken).ConfigureAwait(false);
                var after = new SecretRow
                {
                    Name = name,
                    Version = (before?.Version ?? 0) + 1,
                    CreatedAt = now.UtcDateTime,
                    ExpiresAt = request.ExpiresAt is { } expiry ? WholeSecond(expiry).UtcDateTime : null,
                };
                var binding = new SecretBinding(tenantId, install.InstallId, name, after.Version, after.CreatedAt, after.ExpiresAt);
                var sealedValue = SecretSeal.Seal(key.Bytes, binding, request.Value);
                await SecretStore.SaveAsync(transaction, tenantId, install.InstallId, after, sealedValue, key.Version, cancellationToken).ConfigureAwait(false);
                await AuditAsync(transaction, tenantId, actor, "secret.set", install, before, after, cancellationToken).ConfigureAwait(false);
                return SecretView.From(name, secret, after, now.UtcDateTime);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a value; false when there was none.</summary>
    public Task<Outcome<bool>> DeleteAsync(Guid tenantId, Actor actor, string extension, string name, CancellationToken cancellationToken) =>
        database.TryInTenantAsync(
            tenantId,
            async Task<Outcome<bool>> (_, transaction) =>
            {
                if (!Installed(await InstallStore.LockAsync(transaction, extension, cancellationToken).ConfigureAwait(false), extension).TryGet(out var install, out var refusal)) return refusal;
                var before = await SecretStore.FindAsync(transaction, tenantId, install.InstallId, name, cancellationToken).ConfigureAwait(false);
                if (before is null) return false;
                await SecretStore.DeleteAsync(transaction, tenantId, install.InstallId, name, cancellationToken).ConfigureAwait(false);
                await AuditAsync(transaction, tenantId, actor, "secret.delete", install, before, null, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    private async Task<Refusal?> CheckAsync(Guid tenantId, string extension, string name, CancellationToken cancellationToken)
    {
        var found = await database.TryInTenantAsync(
            tenantId,
            async Task<Outcome<DeclaredSecret>> (_, transaction) =>
            {
                if (!Installed(await InstallStore.FindAsync(transaction, extension, cancellationToken).ConfigureAwait(false), extension).TryGet(out var install, out var refusal)) return refusal;
                return Find(install.Manifest.Secrets, name) is { } secret ? secret : NotDeclared(install);
            },
            cancellationToken).ConfigureAwait(false);
        return found.TryGet(out _, out var refusal) ? null : refusal;
    }

    private static string? FindFault(SecretRequest request, DateTimeOffset now)
    {
        if (request.Value.Length == 0 || Encoding.UTF8.GetByteCount(request.Value) > MaxValueBytes) return $"value has 1 to {MaxValueBytes} bytes.";
        return request.ExpiresAt <= now ? "expiresAt lies in the past; leave it out for a value that does not expire." : null;
    }

    private static Outcome<InstallState> Installed(InstallState? install, string extension)
    {
        if (install is null) return Installer.NotInstalled(extension);
        return InstallRefusals.UnlessInstalled(install) is { } refusal ? refusal : install;
    }

    private static Refusal NotDeclared(InstallState install)
    {
        var declared = install.Manifest.Secrets;
        return new Refusal(
            ErrorCode.InvalidRequest,
            $"{install.Name} {install.Version} declares no such secret; it declares {(declared.Count == 0 ? "none" : string.Join(", ", declared.Select(secret => secret.Name)))}.");
    }

    private static DeclaredSecret? Find(IReadOnlyList<DeclaredSecret> declared, string name) => declared.FirstOrDefault(secret => secret.Name == name);

    /// <summary>Names, versions and dates; of a value there is nothing to be told.</summary>
    private Task AuditAsync(
        NpgsqlTransaction transaction, Guid tenantId, Actor actor, string action, InstallState install, SecretRow? before, SecretRow? after, CancellationToken cancellationToken) =>
        audit.AddAsync(
            transaction,
            tenantId,
            actor,
            new AuditEntry(action, install.Name, ToJson(before), ToJson(after)),
            cancellationToken);

    private static string? ToJson(SecretRow? row) => row is null ? null : JsonSerializer.Serialize(row, RegistryJson.Default.SecretRow);

    // What is sealed counts in seconds.
    private static DateTimeOffset WholeSecond(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds());
}
