using Dapper;
using Npgsql;

namespace Alga.Extensions.TrustedIndexes;

/// <summary>Indexes as the registry left them in the database.</summary>
public sealed class DatabaseIndexSource(NpgsqlDataSource dataSource) : IIndexSource
{
    // A hostile or broken row must not be read into memory whole; the verifier's own limit is the same.
    private const int MaxBytes = Signing.IndexStatement.MaxBytes;

    /// <inheritdoc/>
    public Task<byte[]?> ReadAsync(string extension, CancellationToken cancellationToken) => RunAsync(async () =>
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<byte[]?>(new CommandDefinition(
            "select substring(envelope from 1 for @limit) from extension_index where extension_id = @extension",
            new { extension, limit = MaxBytes + 1 },
            cancellationToken: cancellationToken));
    });

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, long>> ReadNumbersAsync(IReadOnlyCollection<string> extensions, CancellationToken cancellationToken) => RunAsync(async () =>
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        var rows = await connection.QueryAsync<(string Extension, long Number)>(new CommandDefinition(
            "select extension_id, number from extension_index where extension_id = any(@extensions)",
            new { extensions = extensions.ToArray() },
            cancellationToken: cancellationToken));
        return (IReadOnlyDictionary<string, long>)rows.ToDictionary(row => row.Extension, row => row.Number, StringComparer.Ordinal);
    });

    private static async Task<T> RunAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
        {
            throw new IndexSourceException("The database does not give the indexes.", exception);
        }
    }
}
