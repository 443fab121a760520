using Alga.Extensions.Bundles;
using Alga.Extensions.Manifest;
using Dapper;
using Npgsql;

namespace Alga.Extensions.DevHost.Bundle;

/// <summary>A secret of a test, sealed as the registry would.</summary>
internal sealed record DevSecret(string Name, byte[] Sealed, string KeyVersion, DateTimeOffset CreatedAt);

/// <summary>The rows that registry and admin would have written, as the database's owner. The install keeps its id, and with it the extension's data.</summary>
internal sealed class DevRows(string database)
{
    // The tenant of the demo users Ada and Grace, see demo-users.json.
    public static readonly Guid Tenant = Guid.Parse("01936b2e-0000-7000-8000-00000000ac3e");

    /// <summary>Forgets installs and versions of the run before, whose bundles and keys are gone; the extension's data stays.</summary>
    public async Task ForgetVersionsAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from tenant_extension_install; delete from extension_version; delete from extension_bundle; delete from extension_index;", cancellationToken: cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Registers the extension and announces its index.</summary>
    public async Task IndexAsync(
        ExtensionManifest manifest, string keyId, (byte[] Envelope, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt) index, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into publisher (publisher_id, display_name, created_at) values (@Publisher, @Publisher, now()) on conflict do nothing;
            insert into extension_registry (extension_id, publisher_id, display_name, created_at) values (@Name, @Publisher, @DisplayName, now()) on conflict do nothing;
            insert into extension_index (extension_id, number, key_id, issued_at, expires_at, envelope) values (@Name, @Number, @keyId, @IssuedAt, @ExpiresAt, @Envelope)
            on conflict (extension_id) do update set
              number = excluded.number, key_id = excluded.key_id, issued_at = excluded.issued_at, expires_at = excluded.expires_at, envelope = excluded.envelope;
            select pg_notify('extension_index_changed', @Name);
            """,
            new
            {
                manifest.Publisher,
                manifest.Name,
                manifest.DisplayName,
                keyId,
                Number = index.IssuedAt.ToUnixTimeMilliseconds(),
                IssuedAt = index.IssuedAt.UtcDateTime,
                ExpiresAt = index.ExpiresAt.UtcDateTime,
                index.Envelope,
            },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Makes a version the one that the tenant has installed, with everything granted.</summary>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="contents">Its bundle.</param>
    /// <param name="json">The manifest as it is written.</param>
    /// <param name="source">Code for the loader, which reads it from this setting; null where the bundle has a component of its own.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task InstallAsync(ExtensionManifest manifest, BundleContents contents, string json, string? source, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into extension_bundle (content_hash, size_bytes, created_at) values (@Hash, @SizeBytes, now()) on conflict do nothing;
            insert into extension_version (version_id, extension_id, version, content_hash, manifest, published_by, published_at)
              values (@VersionId, @Name, @Version, @Hash, @json::json, 'dev', now());
            insert into tenant_extension_install
              (tenant_id, install_id, extension_id, version_id, status, granted_capabilities, granted_egress, installed_by, installed_at, updated_at)
              values (@Tenant, @InstallId, @Name, @VersionId, 'enabled', @Capabilities, @Egress, 'dev', now(), now())
            on conflict (tenant_id, extension_id) do update set
              version_id = excluded.version_id, granted_capabilities = excluded.granted_capabilities, granted_egress = excluded.granted_egress,
              status = 'enabled', updated_at = now(), revision = tenant_extension_install.revision + 1;
            delete from extension_version where extension_id = @Name and version_id <> @VersionId;
            insert into tenant_extension_install_config (tenant_id, install_id, config, updated_at)
              select tenant_id, install_id, case when @source::text is null then '{}' else json_build_object('alga.dev.source', @source::text) end, now()
              from tenant_extension_install where tenant_id = @Tenant and extension_id = @Name
            on conflict (tenant_id, install_id) do update set config = excluded.config, updated_at = now();
            select pg_notify('install_changed', tenant_id || ' ' || extension_id || ' ' || install_id)
              from tenant_extension_install where tenant_id = @Tenant and extension_id = @Name;
            """,
            new
            {
                Tenant,
                VersionId = Guid.CreateVersion7(),
                InstallId = Guid.CreateVersion7(),
                manifest.Name,
                manifest.Version,
                Hash = contents.Hash.ToString(),
                contents.SizeBytes,
                json,
                source,
                Capabilities = manifest.Capabilities.ToArray(),
                Egress = manifest.Egress.ToArray(),
            },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Empties the extension's storage, and makes its install another one with these settings and secrets. The gateway has heard of the new id
    /// nowhere yet, so a call by it finds these settings and none that were in memory.
    /// </summary>
    /// <returns>The install's new id; null when the extension is not installed.</returns>
    public async Task<Guid?> ResetAsync(string extension, Guid install, string config, IReadOnlyList<DevSecret> secrets, CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        var id = await connection.ExecuteScalarAsync<Guid?>(new CommandDefinition(
            """
            delete from extension_storage_entry where tenant_id = @Tenant and extension_id = @extension;
            delete from tenant_extension_install_config c using tenant_extension_install i
              where c.tenant_id = @Tenant and i.tenant_id = @Tenant and c.install_id = i.install_id and i.extension_id = @extension;
            delete from tenant_extension_install_secret s using tenant_extension_install i
              where s.tenant_id = @Tenant and i.tenant_id = @Tenant and s.install_id = i.install_id and i.extension_id = @extension;
            update tenant_extension_install set install_id = @install where tenant_id = @Tenant and extension_id = @extension;
            insert into tenant_extension_install_config (tenant_id, install_id, config, updated_at)
              select tenant_id, install_id, @config::json, now() from tenant_extension_install where tenant_id = @Tenant and install_id = @install
              returning install_id;
            """,
            new { Tenant, install, extension, config },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (id is not null)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                """
                insert into tenant_extension_install_secret (tenant_id, install_id, name, version, sealed_value, key_version, created_at)
                values (@Tenant, @Install, @Name, 1, @Sealed, @KeyVersion, @CreatedAt)
                """,
                secrets.Select(secret => new { Tenant, Install = install, secret.Name, secret.Sealed, secret.KeyVersion, secret.CreatedAt }),
                transaction,
                cancellationToken: cancellationToken)).ConfigureAwait(false);
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        return id;
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
        return connection;
    }
}
