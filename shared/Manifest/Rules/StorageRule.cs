using System.Text.RegularExpressions;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>storage.namespaces</c> names where the extension stores, exactly when it asks to store at all.</summary>
internal static partial class StorageRule
{
    public static IReadOnlyList<string> Read(Section root, IReadOnlyList<string> capabilities)
    {
        var asked = capabilities.Contains(Capability.StorageKv);
        if (asked && !root.Has("storage"))
            root.Fault("storage", $"is missing although capabilities has \"{Capability.StorageKv}\"; add {{ \"namespaces\": [\"default\"] }}");
        if (root.Object("storage") is not { } storage) return [];

        storage.RefuseOthers("namespaces");
        if (!asked) root.Fault("storage", $"is of no use without the capability; add \"{Capability.StorageKv}\" to capabilities, or remove storage");
        if (!storage.Has("namespaces"))
        {
            storage.Fault("namespaces", "is missing; name at least one, such as [\"default\"]");
            return [];
        }

        var namespaces = storage.Texts(
            "namespaces", maxCount: 20, maxLength: 64,
            name => Name().IsMatch(name) ? null : "must start with a lower-case letter and go on with lower-case letters, digits, '_' or '-'");
        if (storage.IsEmptyList("namespaces")) storage.Fault("namespaces", "is empty; name at least one, such as [\"default\"]");
        return namespaces;
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
