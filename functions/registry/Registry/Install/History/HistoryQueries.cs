using System.Globalization;
using Alga.Extensions.Contracts;
using Alga.Extensions.Database;
using Alga.Extensions.Registry.Install.State;
using Alga.Extensions.Registry.Paging;
using Microsoft.AspNetCore.Http;

namespace Alga.Extensions.Registry.Install.History;

/// <summary>Shows which versions an install has run.</summary>
public sealed class HistoryQueries(TenantDatabase database)
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 200;

    /// <summary>Reads <c>cursor</c> (from the page before) and <c>limit</c> (1 to 200, default 50).</summary>
    public static Outcome<(long Before, int Limit)> ReadPage(HttpRequest request)
    {
        var (before, limit) = (long.MaxValue, DefaultLimit);
        if ((string?)request.Query["limit"] is { } limitText
            && (!int.TryParse(limitText, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
        {
            return new Refusal(ErrorCode.InvalidRequest, $"limit is a number from 1 to {MaxLimit}.");
        }

        if ((string?)request.Query["cursor"] is { Length: > 0 } cursor && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            return new Refusal(ErrorCode.InvalidRequest, "The cursor is not one that this list gave; start again without it.");
        }

        return (before, limit);
    }

    /// <summary>Changes of version, newest first; also of an install that is uninstalled.</summary>
    public async Task<Outcome<Page<HistoryEntry>>> ListAsync(Guid tenantId, string name, (long Before, int Limit) page, CancellationToken cancellationToken)
    {
        var changes = await database.InTenantAsync(
            tenantId,
            async (_, transaction) => await InstallStore.FindAsync(transaction, name, cancellationToken).ConfigureAwait(false) is { } install
                ? await InstallHistory.ReadAsync(transaction, install.InstallId, page.Before, page.Limit + 1, cancellationToken).ConfigureAwait(false)
                : null,
            cancellationToken).ConfigureAwait(false);
        if (changes is null) return Installer.NotInstalled(name);
        var entries = changes.Take(page.Limit).Select(change => new HistoryEntry(
            change.Revision, change.At, change.Actor, change.Action, change.From?.Version.Version, change.To.Version)).ToList();
        var next = changes.Count > page.Limit ? entries[^1].Revision.ToString(CultureInfo.InvariantCulture) : null;
        return new Page<HistoryEntry>(entries, next);
    }
}

/// <summary>A change of version.</summary>
/// <param name="Revision">The install's revision that it made.</param>
/// <param name="At">When.</param>
/// <param name="Actor">Who, as the audit log names them; <c>platform:follow</c> for following.</param>
/// <param name="Action">As in the audit log, such as <c>install.upgrade</c>.</param>
/// <param name="From">The version before; null for the first.</param>
/// <param name="To">The version since then.</param>
public sealed record HistoryEntry(long Revision, DateTime At, string Actor, string Action, string? From, string To);
