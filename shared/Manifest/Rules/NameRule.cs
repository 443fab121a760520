using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>name</c> is an extension's name.</summary>
internal static class NameRule
{
    public static string Read(Section root)
    {
        var name = root.RequiredText("name", ExtensionName.MaxLength);
        if (name is null || ExtensionName.IsValid(name)) return name ?? "";
        root.Fault("name", "must be a reverse domain name of lower-case letters, digits and hyphens, such as com.acme.reports");
        return "";
    }
}
