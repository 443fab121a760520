using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary>A field that nobody reads is a misunderstanding: better said now than silently without effect.</summary>
internal static class TopLevelRule
{
    public static void Check(Section root)
    {
        root.RefuseOthers(
            "$schema", "manifestVersion", "name", "publisher", "version", "displayName", "description", "runtime", "entry",
            "capabilities", "egress", "secrets", "config", "storage", "api", "events", "schedules", "ui", "precompiled", "assets", "sbom", "limits");
        root.Text("$schema", maxLength: 512);
    }
}
