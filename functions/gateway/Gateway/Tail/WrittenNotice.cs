using System.Globalization;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Gateway.Tail;

/// <summary>What a runner tells of a batch that it has written (<c>NOTIFY execution_written</c>).</summary>
/// <param name="TenantId">Whose executions.</param>
/// <param name="ExtensionId">Name of the extension.</param>
/// <param name="From">Start of the earliest.</param>
/// <param name="To">Start of the latest, included.</param>
/// <param name="Ids">The executions, 1 to 100.</param>
internal sealed record WrittenNotice(Guid TenantId, string ExtensionId, DateTime From, DateTime To, IReadOnlyList<Guid> Ids)
{
    /// <summary>Name of the channel.</summary>
    public const string Channel = "execution_written";

    private const long MaxMicroseconds = 4_102_444_800_000_000; // 2100-01-01

    /// <summary>Reads <c>tenant extension from to id,id,...</c>, times in microseconds since 1970; null for anything else.</summary>
    public static WrittenNotice? Parse(string payload)
    {
        if (payload.Split(' ') is not [var tenant, var extension, var from, var to, var list]) return null;
        if (!UuidText.TryParse(tenant, out var tenantId) || !ExtensionName.IsValid(extension) || Instant(from) is not { } first || Instant(to) is not { } last) return null;
        var ids = new List<Guid>();
        foreach (var text in list.Split(','))
        {
            if (!UuidText.TryParse(text, out var id)) return null;
            ids.Add(id);
        }

        return new WrittenNotice(tenantId, extension, first, last, ids);
    }

    private static DateTime? Instant(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds) && microseconds <= MaxMicroseconds
            ? DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
            : null;
}
