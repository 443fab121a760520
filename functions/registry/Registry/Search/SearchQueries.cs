using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Catalog;
using Alga.Extensions.Registry.Paging;
using Dapper;
using Npgsql;

namespace Alga.Extensions.Registry.Search;

/// <summary>
/// Lists extensions, all or those that are looked for. An order by what can change would show some twice and some never while somebody publishes:
/// this one is by name, and in a search first by where the words are found, which for a name is for ever.
/// </summary>
public sealed class SearchQueries(NpgsqlDataSource dataSource)
{
    /// <summary>Whether a text is a place in a search.</summary>
    public static bool IsPlace(string text) => text.Length > 1 && text[0] is >= '0' and <= '2' && ExtensionName.IsValid(text[1..]);

    /// <summary>Extensions by name, of one publisher where one is given.</summary>
    public async Task<Page<ExtensionView>> ListAsync(PageRequest page, string? publisher, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var rows = await connection.QueryAsync<ExtensionRow>(new CommandDefinition(
            $"""
            select {ExtensionRow.Columns}
            from extension_registry
            where extension_id > @after and (@publisher::text is null or publisher_id = @publisher)
            order by extension_id
            limit @take
            """,
            new { after = page.After, publisher, take = page.Limit + 1 },
            cancellationToken: cancellationToken)).ConfigureAwait(false);
        return page.Cut([.. rows.Select(row => row.ToView())], extension => extension.Name);
    }

    /// <summary>Extensions that have all the words: the one that is called so, then those with the words in their names, then the others.</summary>
    public async Task<Page<ExtensionView>> FindAsync(PageRequest page, SearchText text, string? publisher, CancellationToken cancellationToken)
    {
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        var rows = await connection.QueryAsync<ExtensionRow, int, (ExtensionView View, int Rank)>(
            new CommandDefinition(
                $"""
                select {ExtensionRow.Columns}, rank as Rank
                from (
                  select *, case
                    when extension_id = @exact then 0
                    when to_tsvector('simple', search_words(extension_id)) @@ search_query(@words) then 1
                    else 2 end as rank
                  from extension_registry
                  where search @@ search_query(@words) and (@publisher::text is null or publisher_id = @publisher)
                ) found
                where (rank, extension_id) > (@afterRank, @after)
                order by rank, extension_id
                limit @take
                """,
                new
                {
                    exact = text.Exact,
                    words = text.Words.ToArray(),
                    publisher,
                    afterRank = page.After.Length == 0 ? -1 : page.After[0] - '0',
                    after = page.After.Length == 0 ? "" : page.After[1..],
                    take = page.Limit + 1,
                },
                cancellationToken: cancellationToken),
            (row, rank) => (row.ToView(), rank),
            splitOn: "Rank").ConfigureAwait(false);
        var cut = page.Cut(rows.AsList(), found => $"{found.Rank}{found.View.Name}");
        return new Page<ExtensionView>([.. cut.Items.Select(found => found.View)], cut.NextCursor);
    }
}
