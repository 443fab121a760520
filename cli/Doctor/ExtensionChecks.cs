using Alga.Extensions.AlgaExt.Build;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Doctor;

/// <summary>The extension in a folder: its manifest, its packages, its build.</summary>
internal static class ExtensionChecks
{
    public static IEnumerable<Check> Run(string folder)
    {
        if (!File.Exists(Path.Combine(folder, "manifest.json")))
        {
            yield return new Check("extension", CheckState.Missing, $"{folder} has no manifest.json", "Name the extension's folder, or start one with 'alga-ext new'.");
            yield break;
        }

        var manifest = Try("manifest", "Correct manifest.json.", () =>
        {
            var read = BuiltExtension.ReadManifest(folder);
            return $"{read.Name} {read.Version}";
        });
        yield return manifest;
        if (File.Exists(Path.Combine(folder, "package.json")) && !HasModules(folder)) yield return new Check("packages", CheckState.Fault, "not installed", "Run 'npm install' in the extension's folder.");
        if (manifest.State == CheckState.Ok) yield return Try("build", "Run 'alga-ext build'.", () => $"component of {BuiltExtension.Read(folder).ComponentBytes:N0} bytes");
    }

    /// <summary>As Node looks for them: here or in a folder above, as in a workspace.</summary>
    private static bool HasModules(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (Directory.Exists(Path.Combine(at.FullName, "node_modules"))) return true;
        }

        return false;
    }

    private static Check Try(string name, string todo, Func<string> look)
    {
        try
        {
            return new Check(name, CheckState.Ok, look());
        }
        catch (RefusedException exception)
        {
            var (_, message, errors) = exception.Refusal;
            return new Check(name, CheckState.Fault, string.Join("\n                 ", [message, .. errors ?? []]), todo);
        }
    }
}
