using Alga.Extensions.Registry.Seal;
using Alga.Extensions.Signing;
using Npgsql;

namespace Alga.Extensions.Registry.Index;

/// <summary>
/// Signs the index of an extension in the transaction that changes what is in it: what runners and gateways are told and what the
/// database says cannot differ, and whoever repeats a killed request only adds a number.
/// </summary>
public sealed class IndexIssuer(IndexLifetime lifetime, TimeProvider time)
{
    /// <summary>Signs the index of one extension and announces it; the publisher's lock is held.</summary>
    /// <param name="transaction">The change's transaction.</param>
    /// <param name="extension">The extension.</param>
    /// <param name="seal">The registry's key.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="atLeast">A number that the new one must reach.</param>
    /// <returns>The new number.</returns>
    public async Task<long> IssueAsync(NpgsqlTransaction transaction, string extension, RegistrySeal seal, CancellationToken cancellationToken, long atLeast = 1)
    {
        var content = await IndexRows.ReadAsync(transaction, extension, cancellationToken).ConfigureAwait(false);
        var number = Math.Max(content.Number + 1, atLeast);
        var statement = IndexStatement.Of(
            BundleStatement.DefaultRegistry, content.Publisher, extension, number, time.GetUtcNow(), lifetime.Value, content.Versions, content.Keys);
        // Too large is a fault, not an answer: the limits on versions and keys keep it far below.
        if (!seal.Sign(statement).TryGet(out var envelope, out var refusal)) throw new InvalidOperationException(refusal.Message);
        await IndexRows.SaveAsync(transaction, statement, seal.KeyId, envelope, cancellationToken).ConfigureAwait(false);
        return number;
    }

    /// <summary>The same for all extensions of a publisher that have an index.</summary>
    public async Task IssueAllAsync(NpgsqlTransaction transaction, string publisher, RegistrySeal seal, CancellationToken cancellationToken)
    {
        foreach (var extension in await IndexRows.ListAsync(transaction, publisher, cancellationToken).ConfigureAwait(false))
        {
            await IssueAsync(transaction, extension, seal, cancellationToken).ConfigureAwait(false);
        }
    }
}

/// <summary>How long an index may be relied on.</summary>
/// <param name="Value">1 hour to 30 days.</param>
public sealed record IndexLifetime(TimeSpan Value);
