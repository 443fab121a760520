using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>displayName</c> and <c>description</c> are short texts.</summary>
internal static class DisplayRule
{
    public static string ReadName(Section root) => root.RequiredText("displayName", maxLength: 80) ?? "";

    public static string ReadDescription(Section root) => root.Text("description", maxLength: 1_000, minLength: 0) ?? "";
}
