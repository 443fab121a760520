using System.Globalization;
using System.Text.RegularExpressions;

namespace Alga.Extensions.Contracts;

/// <summary>
/// What compiled code was made for, as the names of its blobs say it. Runners mark the variants that they use, with a blob for each day,
/// since they may create blobs and neither replace nor delete one; the registry deletes the code of those without a mark for long.
/// </summary>
/// <param name="Fingerprint">16 lower-case hex digits; names engine, configuration and the key of the MAC.</param>
/// <param name="Target">A target triple such as <c>x86_64-unknown-linux-gnu</c>.</param>
public readonly partial record struct CompiledVariant(string Fingerprint, string Target)
{
    /// <summary>Code whose variant was not marked for more days than this is deleted.</summary>
    public const int UnusedDays = 30;

    /// <summary>Below it there are all marks. Like shared code it lies in a folder that is no hash, where a runner may create blobs.</summary>
    public const string MarksFolder = "sha256/used/compiled/";

    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>Name of the empty blob that says that a runner had use for this variant on a day, in UTC.</summary>
    public string Mark(DateOnly day) => $"{MarksFolder}{Fingerprint}/{Target}/{day.ToString(DayFormat, CultureInfo.InvariantCulture)}";

    /// <summary>Reads a mark's name back; false for what is not in exactly that form.</summary>
    public static bool TryReadMark(string name, out CompiledVariant variant, out DateOnly day)
    {
        day = default;
        return TryRead(MarkName().Match(name), out variant)
            && DateOnly.TryParseExact(name.AsSpan(name.LastIndexOf('/') + 1), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    /// <summary>Reads the variant of a blob of compiled code, shared or not, from its name; false for what is not in exactly that form.</summary>
    public static bool TryReadCode(string name, out CompiledVariant variant) => TryRead(CodeName().Match(name), out variant);

    private static bool TryRead(Match match, out CompiledVariant variant)
    {
        variant = match.Success ? new CompiledVariant(match.Groups["fingerprint"].Value, match.Groups["target"].Value) : default;
        return match.Success;
    }

    [GeneratedRegex(@"\Asha256/used/compiled/(?<fingerprint>[0-9a-f]{16})/(?<target>[a-z0-9_]{1,32}(?:-[a-z0-9_]{1,32}){1,3})/[0-9]{4}-[0-9]{2}-[0-9]{2}\z", RegexOptions.CultureInvariant)]
    private static partial Regex MarkName();

    [GeneratedRegex(@"\Asha256/(?:[0-9a-f]{64}/compiled|shared/compiled/[0-9a-f]{64})/(?<fingerprint>[0-9a-f]{16})/(?<target>[a-z0-9_]{1,32}(?:-[a-z0-9_]{1,32}){1,3})\.cwasm\z", RegexOptions.CultureInvariant)]
    private static partial Regex CodeName();
}
