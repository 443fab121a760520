using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Build;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.AlgaExt.Dev;
using Alga.Extensions.AlgaExt.Invoke;

namespace Alga.Extensions.AlgaExt.Test;

/// <summary><c>alga-ext test</c>: the extension's own tests against the real gateway and runner, with a fake world outside.</summary>
internal static class TestCommand
{
    private const int TestPortBase = 7271;

    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder")
        {
            Description = "The extension's folder; the current one when not given.",
            DefaultValueFactory = _ => new DirectoryInfo(Environment.CurrentDirectory),
        }.AcceptExistingOnly();
        var portBase = new Option<int>("--port-base") { Description = "Port of the gateway; the others follow up to 9 more.", DefaultValueFactory = _ => TestPortBase };
        var noBuild = new Option<bool>("--no-build") { Description = "Test what was built before." };
        return new Command("test", $"""
            Builds the extension and runs the files test/*{TestFile.Suffix} against it in the real gateway and runner: sandbox,
            limits, storage, allow-list. What it fetches is answered from the test's fixtures. The exit code is 1 when a test fails.

            Example: alga-ext test my-notes
            """)
        {
            folder, portBase, noBuild,
        }.Does("Testing", async (parsed, cancellationToken) =>
        {
            var root = parsed.GetRequiredValue(folder).FullName;
            BuiltExtension.ReadManifest(root);
            var tests = ReadTests(root);
            if (!parsed.GetValue(noBuild)) await BuildSteps.Read(root).BuildAsync(cancellationToken).ConfigureAwait(false);
            var (built, bundle) = await DevBundle.PackAsync(root, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds(), component: null, cancellationToken).ConfigureAwait(false);

            var seen = new DevPrinter(TextWriter.Synchronized(parsed.InvocationConfiguration.Error), parsed.GetValue(CommonOptions.Json), root);
            await using var host = await DevHostProcess.StartAsync(
                new DevFolder(root).State("test"), built.Manifest.Publisher, parsed.GetValue(portBase), fakeWorld: true, seen.Show, cancellationToken).ConfigureAwait(false);
            await host.InstallAsync(bundle, source: null, cancellationToken).ConfigureAwait(false);
            using var gateway = GatewayClient.Open(host.Address.Gateway, new FileInfo(host.Address.TokenFile));
            var run = new TestRun(host, gateway);
            var outcomes = new List<TestOutcome>();
            foreach (var test in tests) outcomes.Add(await run.RunAsync(test, cancellationToken).ConfigureAwait(false));
            return Describe(outcomes);
        });
    }

    private static List<TestCase> ReadTests(string root)
    {
        var folder = Path.Combine(root, "test");
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*" + TestFile.Suffix, SearchOption.AllDirectories) : [];
        if (files.Length == 0) throw new RefusedException(new CliRefusal("test_file_invalid", $"{folder} has no file *{TestFile.Suffix}; docs/writing-extensions.md shows one."));
        return [.. files.Order(StringComparer.Ordinal).SelectMany(file => TestFile.Read(file, File.ReadAllText(file)))];
    }

    private static CommandResult Describe(List<TestOutcome> outcomes)
    {
        var failed = outcomes.Count(outcome => outcome.Fault is not null);
        var lines = outcomes.Select(outcome => outcome.Fault is null ? $"ok {outcome.Name}" : $"!! {outcome.Name}\n     {outcome.Fault}");
        return new CommandResult(
            $"{string.Join('\n', lines)}\n\n{outcomes.Count - failed} passed, {failed} failed",
            new JsonObject { ["tests"] = new JsonArray([.. outcomes.Select(outcome => new JsonObject { ["name"] = outcome.Name, ["passed"] = outcome.Fault is null, ["fault"] = outcome.Fault })]) },
            failed == 0 ? ExitCode.Done : ExitCode.Refused);
    }
}
