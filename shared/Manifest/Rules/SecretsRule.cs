using System.Text.RegularExpressions;
using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>secrets</c> are named, described, and only there when the extension may read them.</summary>
internal static partial class SecretsRule
{
    public static IReadOnlyList<DeclaredSecret> Read(Section root, IReadOnlyList<string> capabilities)
    {
        var secrets = new List<DeclaredSecret>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var section in root.Objects("secrets", maxCount: 50))
        {
            section.RefuseOthers("name", "description", "required", "maxAgeDays");
            var name = ReadName(section);
            if (name is not null && !names.Add(name)) section.Fault("name", $"'{name}' is there twice; upper and lower case do not tell two secrets apart");
            var description = section.RequiredText("description", maxLength: 500);
            secrets.Add(new(name ?? "", description ?? "", section.Flag("required") ?? false, section.Number("maxAgeDays", 1, 3_650)));
        }

        if (secrets.Count > 0 && !capabilities.Contains(Capability.SecretsGet))
            root.Fault("secrets", $"secrets are of no use without the capability; add \"{Capability.SecretsGet}\" to capabilities, or remove secrets");
        return secrets;
    }

    private static string? ReadName(Section section)
    {
        if (section.Has("name")) return section.Text("name", 64, Name(), "must start with a letter and go on with letters, digits, '.', '_' or '-'");
        section.Fault("name", "is missing; add it");
        return null;
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_.-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
