using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Secrets;

namespace Alga.Extensions.Registry.Recordings;

/// <summary>What a tenant's admins decide about recordings of executions, and how they get at one. All of it is in the audit log, reading too.</summary>
public sealed class RecordingKeeper(InstallWrites writes, TenantDatabase database, TenantKeys keys, AuditLog audit, TimeProvider time)
{
    private static readonly Refusal VaultDown = new(ErrorCode.Overloaded, "The key vault does not answer; try again later.");

    private static readonly Refusal NoRecording = new(
        ErrorCode.NotFound, "There is no recording of this execution: recording was off or did not choose it, it was too large, or it has expired.");

    /// <summary>Sets which executions of an install are recorded. What was recorded before stays until it expires.</summary>
    public async Task<Outcome<InstallWrite>> SetAsync(
        Guid tenantId, Actor actor, string name, RecordingRequest request, IfMatch ifMatch, CancellationToken cancellationToken)
    {
        if (!request.Read().TryGet(out var wanted, out var refusal)) return refusal;
        try
        {
            // A runner may read keys and make none.
            if (wanted.Mode != RecordingMode.Off) await keys.GetCurrentAsync(tenantId, cancellationToken).ConfigureAwait(false);
        }
        catch (SecretUnavailableException)
        {
            return VaultDown;
        }

        return await writes.ChangeAsync(
            tenantId,
            actor,
            name,
            ifMatch,
            install => Task.FromResult<Outcome<InstallPlan>>(new InstallPlan(
                install.Recording == wanted ? install : install with { Recording = wanted }, "install.recording")),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A recording as JSON, or <c>extension_not_installed</c> or <c>not_found</c>.</summary>
    public async Task<Outcome<byte[]>> ReadAsync(Guid tenantId, Actor actor, string name, Guid executionId, CancellationToken cancellationToken)
    {
        var found = await database.TryInTenantAsync<RecordingRow>(
            tenantId,
            async (_, transaction) =>
            {
                if (!await InstalledExtension.IsInstalledAsync(transaction, name, cancellationToken).ConfigureAwait(false)) return Installer.NotInstalled(name);
                var row = await RecordingStore.FindAsync(transaction, name, executionId, time.GetUtcNow().UtcDateTime, cancellationToken).ConfigureAwait(false);
                if (row is null) return NoRecording;
                await audit.AddAsync(transaction, tenantId, actor, new AuditEntry("recording.read", name, null, $"{{\"executionId\":\"{executionId:D}\"}}"), cancellationToken).ConfigureAwait(false);
                return row;
            },
            cancellationToken).ConfigureAwait(false);
        if (!found.TryGet(out var recording, out var refusal)) return refusal;
        try
        {
            var key = await keys.GetAsync(tenantId, recording.KeyVersion, cancellationToken).ConfigureAwait(false);
            var binding = new RecordingBinding(tenantId, recording.InstallId, executionId, new DateTimeOffset(recording.ExpiresAt));
            return RecordingSeal.Open(key.Bytes, binding, recording.Sealed)
                ?? throw new InvalidOperationException($"The recording of execution {executionId:D} does not open: it was sealed for something else, or changed since.");
        }
        catch (SecretUnavailableException)
        {
            return VaultDown;
        }
    }

    /// <summary>Deletes all recordings of an install; gives how many there were.</summary>
    public Task<Outcome<int>> DeleteAsync(Guid tenantId, Actor actor, string name, CancellationToken cancellationToken) =>
        database.TryInTenantAsync<int>(
            tenantId,
            async (_, transaction) =>
            {
                var install = await InstallStore.LockAsync(transaction, name, cancellationToken).ConfigureAwait(false);
                if (install is not { IsInstalled: true }) return Installer.NotInstalled(name);
                var deleted = await RecordingStore.DeleteAsync(transaction, install.InstallId, cancellationToken).ConfigureAwait(false);
                if (deleted > 0) await audit.AddAsync(transaction, tenantId, actor, new AuditEntry("recording.delete", name, $"{{\"recordings\":{deleted}}}", null), cancellationToken).ConfigureAwait(false);
                return deleted;
            },
            cancellationToken);
}
