using System.Text.Json;
using Alga.Extensions.Registry.Audit;
using Alga.Extensions.Registry.Install.State;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Install.History;

/// <summary>Which versions an install has run: one row for each change of version, with what was granted and set before it.</summary>
public static class InstallHistory
{
    /// <summary>A rollback looks back over this many changes of version, newest first.</summary>
    private const int MaxRead = 1_000;

    private const string Select =
        """
        select h.revision as Revision, h.at as At, h.actor as Actor, h.action as Action, h.from_version_id as FromVersionId,
               f.version as FromVersion, h.to_version_id as ToVersionId, t.version as ToVersion,
               h.from_capabilities as FromCapabilities, h.from_egress as FromEgress, h.from_config as FromConfig
        from tenant_extension_install_history h
        join extension_version t on t.version_id = h.to_version_id
        left join extension_version f on f.version_id = h.from_version_id
        where h.install_id = @installId and h.revision < @before
        order by h.revision desc
        limit @take
        """;

    /// <summary>Adds a change of version, in its transaction.</summary>
    /// <param name="transaction">The tenant's.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="action">As in the audit log.</param>
    /// <param name="before">The install that ran another version; null for a new install.</param>
    /// <param name="after">The install now.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static Task AddAsync(
        NpgsqlTransaction transaction, Guid tenantId, Actor actor, string action, InstallState? before, InstallState after, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            insert into tenant_extension_install_history (tenant_id, install_id, revision, at, actor, action, from_version_id,
              to_version_id, from_capabilities, from_egress, from_config)
            values (@tenantId, @installId, @revision, @at, @actor, @action, @from, @to, @capabilities, @egress, @config::json)
            """,
            new
            {
                tenantId,
                installId = after.InstallId,
                revision = after.Revision,
                at = after.UpdatedAt,
                actor = actor.Name,
                action,
                from = before?.VersionId,
                to = after.VersionId,
                capabilities = before?.Grants.Capabilities.ToArray(),
                egress = before?.Grants.Egress.ToArray(),
                config = before?.Config!.Value.GetRawText(),
            },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>Changes of version, newest first.</summary>
    /// <param name="transaction">The tenant's.</param>
    /// <param name="installId">The install.</param>
    /// <param name="before">Only those of an earlier revision.</param>
    /// <param name="take">How many at most.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<IReadOnlyList<VersionChange>> ReadAsync(
        NpgsqlTransaction transaction, Guid installId, long before, int take, CancellationToken cancellationToken)
    {
        var rows = await transaction.Connection!.QueryAsync<HistoryRow>(new CommandDefinition(
            Select, new { installId, before, take }, transaction, cancellationToken: cancellationToken)).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToChange())];
    }

    /// <summary>What a rollback looks back over, newest first.</summary>
    public static Task<IReadOnlyList<VersionChange>> ReadAsync(NpgsqlTransaction transaction, Guid installId, CancellationToken cancellationToken) =>
        ReadAsync(transaction, installId, long.MaxValue, MaxRead, cancellationToken);

    private sealed record HistoryRow
    {
        public required long Revision { get; init; }

        public required DateTime At { get; init; }

        public required string Actor { get; init; }

        public required string Action { get; init; }

        public Guid? FromVersionId { get; init; }

        public string? FromVersion { get; init; }

        public required Guid ToVersionId { get; init; }

        public required string ToVersion { get; init; }

        public string[]? FromCapabilities { get; init; }

        public string[]? FromEgress { get; init; }

        public string? FromConfig { get; init; }

        public VersionChange ToChange() => new(
            Revision,
            At,
            Actor,
            Action,
            new VersionName(ToVersionId, ToVersion),
            FromVersionId is { } from
                ? new LeftVersion(
                    new VersionName(from, FromVersion!),
                    new InstallGrants { Capabilities = FromCapabilities ?? [], Egress = FromEgress ?? [] },
                    JsonElement.Parse(FromConfig!))
                : null);
    }
}

/// <summary>A change of version.</summary>
/// <param name="Revision">The install's revision that it made.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who, as the audit log names them.</param>
/// <param name="Action">As in the audit log, such as <c>install.upgrade</c>.</param>
/// <param name="To">The version since then.</param>
/// <param name="From">The version before; null for the first.</param>
public sealed record VersionChange(long Revision, DateTime At, string Actor, string Action, VersionName To, LeftVersion? From);

/// <summary>A version that was left, with grants and settings as they were then.</summary>
public sealed record LeftVersion(VersionName Version, InstallGrants Grants, JsonElement Config);
