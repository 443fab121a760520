using System.Text.Json;
using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Catalog;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Withdraw;

/// <summary>Deprecates extensions and takes it back. A deprecation is a message and nothing more: new installs and new versions go on.</summary>
public sealed class ExtensionDeprecator(TenantDatabase database, AuditLog audit, TimeProvider time)
{
    /// <summary>Deprecates an extension, or gives it as it is where that was done already with the same message.</summary>
    public Task<Outcome<ExtensionView>> DeprecateAsync(Caller caller, Actor actor, string name, string message, CancellationToken cancellationToken)
    {
        if (Notice.FindFault("message", message) is { } fault) return Task.FromResult<Outcome<ExtensionView>>(fault);
        return ChangeAsync(caller, actor, name, new DeprecationView(message, CallerRights.IsOperator(caller), time.GetDatabaseNow()), cancellationToken);
    }

    /// <summary>Takes a deprecation back, or gives the extension as it is where there is none.</summary>
    public Task<Outcome<ExtensionView>> UndeprecateAsync(Caller caller, Actor actor, string name, CancellationToken cancellationToken) =>
        ChangeAsync(caller, actor, name, null, cancellationToken);

    private async Task<Outcome<ExtensionView>> ChangeAsync(
        Caller caller, Actor actor, string name, DeprecationView? wanted, CancellationToken cancellationToken)
    {
        if (CallerRights.UnlessPublisherOrOperator(caller) is { } stranger) return stranger;
        return await database.TryInPlatformAsync(
            async Task<Outcome<ExtensionView>> (_, transaction) =>
            {
                var locked = await OwnedExtension.LockAsync(transaction, caller, name, cancellationToken).ConfigureAwait(false);
                if (!locked.TryGet(out var current, out var refusal)) return refusal;
                if (current.Deprecated?.Message == wanted?.Message && current.Deprecated?.ByOperator == wanted?.ByOperator) return current;
                if (current.Deprecated is { ByOperator: true } && !CallerRights.IsOperator(caller)) return OwnedExtension.OnlyOperators($"{name} was deprecated");
                await WriteAsync(transaction, actor, name, wanted, cancellationToken).ConfigureAwait(false);
                var action = wanted is null ? "extension.undeprecate" : "extension.deprecate";
                var entry = new AuditEntry(action, name, ToJson(current.Deprecated), ToJson(wanted)) { Publisher = current.Publisher };
                await audit.AddAsync(transaction, TenantDatabase.PlatformScope, actor, entry, cancellationToken).ConfigureAwait(false);
                return current with { Deprecated = wanted };
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static Task<int> WriteAsync(NpgsqlTransaction transaction, Actor actor, string name, DeprecationView? wanted, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            update extension_registry
            set deprecation_message = @message, deprecated_by_operator = @byOperator, deprecated_by = @deprecatedBy, deprecated_at = @at
            where extension_id = @name
            """,
            new { name, message = wanted?.Message, byOperator = wanted?.ByOperator ?? false, deprecatedBy = wanted is null ? null : actor.Name, at = wanted?.At },
            transaction,
            cancellationToken: cancellationToken));

    private static string? ToJson(DeprecationView? deprecation) =>
        deprecation is null ? null : JsonSerializer.Serialize(deprecation, RegistryJson.Default.DeprecationView);
}
