using System.Text.Json;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Audit;
using Dapper;
using Npgsql;
using Rules = Alga.Extensions.Contracts.HostOrigins;

namespace Alga.Extensions.Registry.HostOrigins;

/// <summary>Which hosts of its own a tenant has, beside the platform's. What operators do here is in the tenant's audit log.</summary>
public sealed class HostOriginsKeeper(TenantDatabase database, AuditLog audit)
{
    private static readonly Refusal WrongNumber = new(ErrorCode.InvalidRequest, $"origins has 1 to {Rules.MaxOrigins} entries; DELETE leaves the tenant with the platform's hosts.");

    /// <summary>What is set for a tenant.</summary>
    public Task<HostOriginsView> ReadAsync(Guid tenantId, CancellationToken cancellationToken) =>
        database.InTenantAsync(tenantId, (_, transaction) => ReadAsync(transaction, tenantId, cancellationToken), cancellationToken);

    /// <summary>Puts origins in the place of those that are set; null takes them away.</summary>
    public Task<Outcome<HostOriginsView>> SetAsync(Actor actor, Guid tenantId, IReadOnlyList<string>? origins, CancellationToken cancellationToken) =>
        database.TryInTenantAsync<HostOriginsView>(
            tenantId,
            async (connection, transaction) =>
            {
                if (Check(origins) is { } invalid) return invalid;
                var before = await ReadAsync(transaction, tenantId, cancellationToken).ConfigureAwait(false);
                await connection.ExecuteAsync(new CommandDefinition(
                    origins is null
                        ? "delete from tenant_host where tenant_id = current_tenant()"
                        : """
                          insert into host_origin_list values (@list, @sorted) on conflict do nothing;
                          insert into tenant_host values (current_tenant(), @list) on conflict (tenant_id) do update set list_id = excluded.list_id
                          """,
                    new { list = Rules.IdOf(origins ?? []), sorted = Sort(origins ?? []) }, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
                var after = await ReadAsync(transaction, tenantId, cancellationToken).ConfigureAwait(false);
                if (before.ListId == after.ListId) return after;
                await audit.AddAsync(transaction, tenantId, actor, new AuditEntry("host_origins.change", "tenant", ToJson(before), ToJson(after)), cancellationToken).ConfigureAwait(false);
                return after;
            },
            cancellationToken);

    private static Refusal? Check(IReadOnlyList<string>? origins)
    {
        if (origins is null) return null;
        if (origins.Count is 0 or > Rules.MaxOrigins) return WrongNumber;
        for (var i = 0; i < origins.Count; i++)
        {
            if (!Rules.IsOrigin(origins[i])) return new Refusal(ErrorCode.InvalidRequest, $"origins[{i}] is no origin; write scheme and host alone, in ASCII (xn-- for other letters), such as https://portal.example.com or https://*.example.com.");
        }

        return null;
    }

    private static string[] Sort(IReadOnlyList<string> origins) => [.. origins.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static async Task<HostOriginsView> ReadAsync(NpgsqlTransaction transaction, Guid tenantId, CancellationToken cancellationToken)
    {
        var row = await transaction.Connection!.QuerySingleOrDefaultAsync<Row>(new CommandDefinition(
            "select list_id as ListId, origins as Origins from tenant_host join host_origin_list using (list_id) where tenant_id = current_tenant()",
            transaction: transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return new HostOriginsView { TenantId = tenantId, Origins = row?.Origins ?? [], ListId = row?.ListId };
    }

    private static string ToJson(HostOriginsView view) => JsonSerializer.Serialize(view, RegistryJson.Default.HostOriginsView);

    private sealed record Row
    {
        public required string ListId { get; init; }

        public required string[] Origins { get; init; }
    }
}
