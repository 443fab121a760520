using System.Text.RegularExpressions;
using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>ui</c> is a page in a frame and the places where the host application offers it.</summary>
internal static partial class UiRule
{
    private const int MaxHooks = 20;

    public static ManifestUi? Read(Section root)
    {
        if (root.Object("ui") is not { } ui) return null;
        ui.RefuseOthers("type", "entry", "hooks");
        if (ui.RequiredText("type", maxLength: 16) is { } type && type != "iframe") ui.Fault("type", "must be iframe");
        if (!ui.Has("entry")) ui.Fault("entry", "is missing; add it, such as ui/index.html");
        var entry = ui.Text("entry", 255, Page(), "must be an .html file below ui/, such as ui/index.html");
        return new(entry ?? "", ReadHooks(ui));
    }

    private static Dictionary<string, UiHook> ReadHooks(Section ui)
    {
        var read = new Dictionary<string, UiHook>(StringComparer.Ordinal);
        if (ui.Object("hooks") is not { } hooks) return read;
        var names = hooks.Members().ToList();
        if (names.Count > MaxHooks) ui.Fault("hooks", $"has {names.Count} hooks, more than the {MaxHooks} allowed");
        foreach (var name in names.Take(MaxHooks))
        {
            if (!HookName().IsMatch(name)) ui.Fault("hooks", "a hook's name must start with a lower-case letter and go on with letters and digits, such as appMenu");
            else if (hooks.Object(name) is { } hook) read.Add(name, ReadHook(hook));
        }

        return read;
    }

    private static UiHook ReadHook(Section hook)
    {
        hook.RefuseOthers("label", "icon", "path");
        return new(
            hook.RequiredText("label", maxLength: 80) ?? "",
            hook.Text("icon", maxLength: 255),
            hook.Text("path", 512, InnerPath(), "must start with one slash and go on without spaces, '\\' or a second slash, such as /settings"));
    }

    [GeneratedRegex(@"\Aui/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*[A-Za-z0-9_-][A-Za-z0-9._-]*\.html\z", RegexOptions.CultureInvariant)]
    private static partial Regex Page();

    [GeneratedRegex(@"\A[a-z][A-Za-z0-9]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex HookName();

    // A second slash would make it another host's address, and browsers take a backslash for a slash.
    [GeneratedRegex(@"\A/(?:[^/\\\s][^\\\s]*)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex InnerPath();
}
