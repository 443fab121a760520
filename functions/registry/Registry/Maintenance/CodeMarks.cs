using Alga.Extensions.BlobStorage;
using Alga.Extensions.Contracts;

namespace Alga.Extensions.Registry.Maintenance;

/// <summary>
/// The marks that runners leave of the compiled code that they use. A variant is retired when its last mark is too old and some other
/// has one that is not: where no runner has run for long, all code waits for the next one.
/// </summary>
internal sealed class CodeMarks
{
    private readonly Dictionary<CompiledVariant, List<DateOnly>> days = [];
    private readonly DateOnly oldest;
    private readonly DateOnly forgotten;
    private readonly bool isAnyUsed;

    private CodeMarks(IEnumerable<string> names, DateOnly today)
    {
        oldest = today.AddDays(-CompiledVariant.UnusedDays);
        // As long again: whoever looks through the store meanwhile still knows since when the variant is unused.
        forgotten = oldest.AddDays(-CompiledVariant.UnusedDays);
        foreach (var name in names)
        {
            // Clocks differ by less than a day; what claims to be of later would never grow old.
            if (!CompiledVariant.TryReadMark(name, out var variant, out var day) || day > today.AddDays(1)) continue;
            if (!days.TryGetValue(variant, out var known)) days.Add(variant, known = []);
            known.Add(day);
        }

        isAnyUsed = days.Values.Any(known => known.Max() >= oldest);
    }

    /// <summary>Reads the marks of all variants.</summary>
    /// <exception cref="BundleStoreException">The store did not do it.</exception>
    public static async Task<CodeMarks> ReadAsync(IBundleInventory inventory, DateOnly today, CancellationToken cancellationToken) =>
        new(await inventory.ListAsync(CompiledVariant.MarksFolder, cancellationToken).ConfigureAwait(false), today);

    /// <summary>Whether the variant has a mark.</summary>
    public bool Knows(CompiledVariant variant) => days.ContainsKey(variant);

    /// <summary>Whether no runner has had use for it for long.</summary>
    public bool IsRetired(CompiledVariant variant) => isAnyUsed && days.TryGetValue(variant, out var known) && known.Max() < oldest;

    /// <summary>The day of the last mark of a variant that has one.</summary>
    public DateOnly LastOf(CompiledVariant variant) => days[variant].Max();

    /// <summary>Names of the marks that say nothing any more: there is a later one, or the code is gone since long.</summary>
    public IEnumerable<string> Spent() =>
        from variant in days
        let last = variant.Value.Max()
        from day in variant.Value
        where day < last || (isAnyUsed && day < forgotten)
        select variant.Key.Mark(day);
}
