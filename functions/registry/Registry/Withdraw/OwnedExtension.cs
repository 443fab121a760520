using Alga.Extensions.Authentication;
using Alga.Extensions.Contracts;
using Alga.Extensions.Registry.Access;
using Alga.Extensions.Registry.Catalog;
using Npgsql;

namespace Alga.Extensions.Registry.Withdraw;

/// <summary>An extension that its publisher, or an operator, is about to change.</summary>
internal static class OwnedExtension
{
    /// <summary>Locks it. Another publisher's is not found, in the same words as one that nobody registered.</summary>
    public static async Task<Outcome<ExtensionView>> LockAsync(NpgsqlTransaction transaction, Caller caller, string name, CancellationToken cancellationToken)
    {
        var extension = ExtensionName.IsValid(name) ? await ExtensionListing.LockAsync(transaction, name, cancellationToken).ConfigureAwait(false) : null;
        if (CallerRights.IsOperator(caller)) return extension is not null ? extension : CatalogQueries.NoExtension(name);
        return extension is not null && CallerRights.ActsFor(caller, extension.Publisher) ? extension : CallerRights.NotYours(name);
    }

    /// <summary>The refusal for a publisher who would undo what an operator did.</summary>
    public static Refusal OnlyOperators(string what) =>
        new(ErrorCode.Forbidden, $"{what} by an operator of the platform, and only an operator can change that; ask them.");
}
