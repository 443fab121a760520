using Alga.Extensions.Contracts;
using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>publisher</c> is a publisher's name.</summary>
internal static class PublisherRule
{
    public static string Read(Section root)
    {
        var publisher = root.RequiredText("publisher", maxLength: 64);
        if (publisher is null || PublisherName.IsValid(publisher)) return publisher ?? "";
        root.Fault("publisher", "must be a publisher's name of lower-case letters, digits and inner hyphens, such as alga-samples");
        return "";
    }
}
