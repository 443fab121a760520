using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Build;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Dev;

/// <summary><c>alga-ext dev</c>: the extension in the real gateway and runner on this machine, built again at each save.</summary>
internal static class DevCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder")
        {
            Description = "The extension's folder; the current one when not given.",
            DefaultValueFactory = _ => new DirectoryInfo(Environment.CurrentDirectory),
        }.AcceptExistingOnly();
        var portBase = new Option<int?>("--port-base") { Description = "Port of the gateway; the others follow up to 9 more. 7171 when not given." };
        return new Command("dev", """
            Starts gateway, runner and demo host on this machine, installs the extension for the demo user Ada with all that
            its manifest asks for, and builds and installs it anew at each save, until Ctrl+C. No registry takes part. Calls,
            log lines and denials are shown; a denial names the line of the manifest. Data and compiled code stay in .alga/.

            Example: alga-ext dev my-notes, then in another terminal: alga-ext invoke --dev my-notes /notes
            """)
        {
            folder, portBase,
        }.Does(null, async (parsed, cancellationToken) =>
        {
            var root = parsed.GetRequiredValue(folder).FullName;
            var manifest = BuiltExtension.ReadManifest(root);
            var steps = BuildSteps.Read(root);
            var own = new DevFolder(root);
            var printer = new DevPrinter(parsed.InvocationConfiguration.Output, parsed.GetValue(CommonOptions.Json), root);
            await using var host = await DevHostProcess.StartAsync(own.State("dev"), manifest.Publisher, parsed.GetValue(portBase), fakeWorld: false, printer.Show, cancellationToken).ConfigureAwait(false);
            await own.WriteAsync(host.Address).ConfigureAwait(false);
            try
            {
                return await RunAsync(root, steps, host, printer, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                own.Remove();
            }
        });
    }

    private static async Task<CommandResult> RunAsync(string root, BuildSteps steps, DevHostProcess host, DevPrinter printer, CancellationToken cancellationToken)
    {
        printer.Show("started", new() { ["gateway"] = host.Address.Gateway, ["page"] = host.Address.Page, ["tokenFile"] = host.Address.TokenFile });
        var loop = new DevLoop(root, steps, host, printer, TimeProvider.System);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var looping = loop.RunAsync(ending.Token);
        var first = await Task.WhenAny(looping, host.Exited).ConfigureAwait(false);
        await ending.CancelAsync().ConfigureAwait(false);
        try
        {
            await looping.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new CommandResult($"Stopped after {loop.Versions} version(s).", new JsonObject { ["versions"] = loop.Versions });
        }
        catch (OperationCanceledException) when (first != looping)
        {
            // Told below.
        }

        throw new RefusedException(new CliRefusal("dev_failed", "The local platform ended by itself; .alga/dev/logs says why."));
    }
}
