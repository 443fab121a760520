using System.Text.RegularExpressions;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Doctor;

/// <summary>The programs that commands start.</summary>
internal static partial class ToolChecks
{
    private static readonly (string Tool, Version Least, string Todo)[] Tools =
    [
        ("node", new Version(20, 19), "Install Node.js 20.19 or later, https://nodejs.org; build, new and test run on it."),
        ("npm", new Version(10, 0), "Install npm 10 or later, which comes with Node.js."),
        ("dotnet", new Version(10, 0), "Install the .NET SDK 10.0, https://dotnet.microsoft.com/download; dev and test start the local runner with it."),
    ];

    public static async Task<IReadOnlyList<Check>> RunAsync(CancellationToken cancellationToken)
    {
        var checks = new List<Check>();
        foreach (var (tool, least, todo) in Tools)
        {
            var run = await Tool.TryRunAsync(tool, ["--version"], Path.GetTempPath(), cancellationToken).ConfigureAwait(false);
            checks.Add(Judge(tool, least, todo, run));
        }

        var platform = PlatformRoot.Find();
        checks.Add(platform is null
            ? new Check("platform", CheckState.Missing, "no checkout of the platform", $"Set {PlatformRoot.Variable} to the folder of one: dev and test run its runner and gateway.")
            : new Check("platform", CheckState.Ok, platform));
        return checks;
    }

    /// <summary>Judges what a program said to <c>--version</c>.</summary>
    /// <param name="tool">The program.</param>
    /// <param name="least">First version that will do.</param>
    /// <param name="todo">What to do when it will not.</param>
    /// <param name="run">Null when it is not installed.</param>
    internal static Check Judge(string tool, Version least, string todo, ToolRun? run)
    {
        if (run is null) return new Check(tool, CheckState.Fault, "not installed", todo);
        var match = VersionNumber().Match(run.Output);
        if (run.ExitCode != 0 || !match.Success) return new Check(tool, CheckState.Fault, "does not tell its version", todo);
        var isEnough = Version.Parse(match.Groups[1].Value) >= least;
        return new Check(tool, isEnough ? CheckState.Ok : CheckState.Fault, match.Value.TrimStart('v'), isEnough ? null : todo);
    }

    [GeneratedRegex(@"v?(\d+\.\d+)\.\d+", RegexOptions.CultureInvariant)]
    private static partial Regex VersionNumber();
}
