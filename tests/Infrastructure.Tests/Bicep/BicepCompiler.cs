using System.Diagnostics;
using System.Reflection;

namespace Alga.Extensions.Infrastructure.Tests.Bicep;

/// <summary>Runs the Bicep compiler, which comes as a package and works offline.</summary>
internal static class BicepCompiler
{
    // What the committed snapshots were made with: names that are made unique follow from it.
    private const string Subscription = "00000000-0000-0000-0000-000000000001";
    private const string Tenant = "00000000-0000-0000-0000-000000000002";
    private const string Location = "westeurope";

    private static readonly string Executable = typeof(BicepCompiler).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "BicepPath").Value!;

    public sealed record Result(int ExitCode, string Output, string Errors);

    /// <summary>Lints a file with all that it uses; the output is SARIF.</summary>
    public static Task<Result> LintAsync(string file) => RunAsync("lint", file, "--diagnostics-format", "sarif");

    /// <summary>Compares what an environment's parameters give with its committed snapshot.</summary>
    public static Task<Result> ValidateSnapshotAsync(string environment) => RunAsync(
        "snapshot", Repository.Path("infra", "bicep", $"main.{environment}.bicepparam"), "--mode", "validate",
        "--subscription-id", Subscription, "--tenant-id", Tenant, "--resource-group", $"alga-{environment}", "--location", Location);

    private static async Task<Result> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Result(process.ExitCode, await output, await errors);
    }
}
