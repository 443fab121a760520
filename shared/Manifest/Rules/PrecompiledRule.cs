using System.Text.RegularExpressions;
using Alga.Extensions.Manifest.Reading;

namespace Alga.Extensions.Manifest.Rules;

/// <summary><c>precompiled</c> maps target triples to files. They are carried, never run: native code is only trusted when the platform made it.</summary>
internal static partial class PrecompiledRule
{
    private const int MaxTargets = 16;

    public static IReadOnlyDictionary<string, string> Read(Section root)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.Object("precompiled") is not { } targets) return read;
        var names = targets.Members().ToList();
        if (names.Count > MaxTargets) root.Fault("precompiled", $"has {names.Count} targets, more than the {MaxTargets} allowed");
        foreach (var target in names.Take(MaxTargets))
        {
            if (!Triple().IsMatch(target)) root.Fault("precompiled", "a target must be a triple such as x86_64-unknown-linux-gnu");
            else if (targets.Text(target, 255, Path(), "must be precompiled/<target>/main.cwasm") is { } path)
            {
                if (path == $"precompiled/{target}/main.cwasm") read.Add(target, path);
                else targets.Fault(target, $"must be precompiled/{target}/main.cwasm, the folder of its own target");
            }
        }

        return read;
    }

    [GeneratedRegex(@"\A[a-z0-9_]{1,32}(?:-[a-z0-9_.]{1,32}){1,3}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Triple();

    [GeneratedRegex(@"\Aprecompiled/[a-z0-9_][a-z0-9_.-]*/main\.cwasm\z", RegexOptions.CultureInvariant)]
    private static partial Regex Path();
}
