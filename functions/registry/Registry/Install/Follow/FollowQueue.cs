using Alga.Extensions.Database;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Install.Follow;

/// <summary>
/// Extensions whose followers are to be brought to a new version. A publish adds one row whatever the number of followers;
/// maintenance works through them in steps. All statements run in the platform's scope.
/// </summary>
public static class FollowQueue
{
    /// <summary>Notes that an extension has a version that followers have not been asked about; part of the publish.</summary>
    public static Task<int> AddAsync(NpgsqlTransaction transaction, string name, DateTimeOffset now, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            insert into extension_follow_queue (tenant_id, extension_id, queued_at) values (@platform, @name, @now)
            on conflict (tenant_id, extension_id) do update
            set generation = extension_follow_queue.generation + 1, after_owner_id = @platform
            """,
            new { platform = TenantDatabase.PlatformScope, name, now },
            transaction,
            cancellationToken: cancellationToken));

    /// <summary>The extension that has waited longest, and the followers that come next; null when none waits.</summary>
    internal static async Task<FollowStep?> NextAsync(NpgsqlTransaction transaction, int take, CancellationToken cancellationToken)
    {
        var connection = transaction.Connection!;
        var step = await connection.QuerySingleOrDefaultAsync<FollowStep>(new CommandDefinition(
            """
            select extension_id as Name, generation as Generation, after_owner_id as After
            from extension_follow_queue order by queued_at, extension_id limit 1
            """,
            transaction: transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        if (step is null) return null;
        var owners = await connection.QueryAsync<Guid>(new CommandDefinition(
            """
            select owner_id from install_follower where extension_id = @Name and owner_id > @After order by owner_id limit @take
            """,
            new { step.Name, step.After, take },
            transaction,
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return step with { Owners = owners.AsList() };
    }

    /// <summary>Moves on behind the step's followers, or takes the extension out. A publish in between wins: it starts over.</summary>
    internal static Task DoneAsync(NpgsqlTransaction transaction, FollowStep step, bool isLast, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            isLast
                ? "delete from extension_follow_queue where extension_id = @Name and generation = @Generation"
                : """
                  update extension_follow_queue set after_owner_id = @last
                  where extension_id = @Name and generation = @Generation and after_owner_id = @After
                  """,
            new { step.Name, step.Generation, step.After, last = step.Owners.LastOrDefault(step.After) },
            transaction,
            cancellationToken: cancellationToken));
}

/// <summary>Followers of one extension, the next to be asked.</summary>
internal sealed record FollowStep
{
    public required string Name { get; init; }

    public required long Generation { get; init; }

    /// <summary>The tenant after which the step begins.</summary>
    public required Guid After { get; init; }

    /// <summary>Tenants whose installs follow.</summary>
    public IReadOnlyList<Guid> Owners { get; init; } = [];
}
