using System.Text.Json;
using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Catalog;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Register;

/// <summary>Gives an extension's name to the first publisher who asks for it, for ever.</summary>
public sealed class ExtensionRegistrar(TenantDatabase database, AuditLog audit, TimeProvider time)
{
    /// <summary>Registers a name, or finds it registered for this publisher.</summary>
    public async Task<Outcome<Registration>> RegisterAsync(
        Caller caller, Actor actor, RegisterExtensionRequest request, CancellationToken cancellationToken)
    {
        if (FindFault(request) is { } fault) return new Refusal(ErrorCode.InvalidRequest, fault);
        if (CallerRights.UnlessActingFor(caller, request.Publisher) is { } refusal) return refusal;
        return await database.TryInPlatformAsync(
            (_, transaction) => RegisterAsync(transaction, actor, request, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private static string? FindFault(RegisterExtensionRequest request)
    {
        if (!ExtensionName.IsValid(request.Name)) return "name is a reverse domain such as com.acme.reports, in lower case, at most 128 characters.";
        if (!PublisherName.IsValid(request.Publisher)) return "publisher is 2 to 64 lower-case letters, digits, inner dots and hyphens, such as acme.";
        return request.DisplayName is { } name && (name.Length is 0 or > 128 || name.Any(char.IsControl))
            ? "displayName has 1 to 128 characters and no control characters."
            : null;
    }

    private async Task<Outcome<Registration>> RegisterAsync(
        NpgsqlTransaction transaction, Actor actor, RegisterExtensionRequest request, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        var now = time.GetUtcNow();
        var created = await connection.ExecuteAsync(new CommandDefinition(
            """
            with known_publisher as (
              insert into publisher (publisher_id, display_name, created_at) values (@publisher, @publisher, @now)
              on conflict (publisher_id) do nothing
            )
            insert into extension_registry (extension_id, publisher_id, display_name, created_at)
            values (@name, @publisher, @displayName, @now)
            on conflict (extension_id) do nothing
            """,
            new { publisher = request.Publisher, name = request.Name, displayName = request.DisplayName ?? request.Name, now },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false) == 1;
        var extension = await ExtensionListing.LockAsync(transaction, request.Name, cancellationToken).ConfigureAwait(false)
            ?? throw new InvalidOperationException("An extension that was there is gone.");
        if (extension.Publisher != request.Publisher)
        {
            return new Refusal(ErrorCode.Forbidden, $"The name {request.Name} belongs to another publisher; choose another name.");
        }

        if (created)
        {
            var after = JsonSerializer.Serialize(extension, RegistryJson.Default.ExtensionView);
            var entry = new AuditEntry("extension.register", extension.Name, null, after) { Publisher = extension.Publisher };
            await audit.AddAsync(transaction, TenantDatabase.PlatformScope, actor, entry, cancellationToken).ConfigureAwait(false);
        }

        return new Registration(extension, created);
    }
}

/// <summary>An extension, and whether this request registered it.</summary>
public sealed record Registration(ExtensionView Extension, bool Created);
