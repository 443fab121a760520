using Alga.Extensions.Contracts;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Publish;

/// <summary>Tells runners of new versions. PostgreSQL delivers at commit, and not at all after a rollback.</summary>
public static class PublishNotices
{
    /// <summary>On channel <c>extension_published</c>: the content hash, for runners to compile ahead of the first install.</summary>
    public static Task PublishedAsync(NpgsqlTransaction transaction, ContentHash hash, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "select pg_notify('extension_published', @payload)", new { payload = hash.ToString() }, transaction, cancellationToken: cancellationToken));
}
