using System.CommandLine;
using Alga.Extensions.Services;

namespace Alga.Extensions.Platform.Options;

/// <summary>The command line of <c>./run</c>.</summary>
internal static class PlatformCommand
{
    private const int LastPortOffset = 11;

    public static RootCommand Create(Func<PlatformOptions, CancellationToken, Task<int>> run)
    {
        var reset = new Option<bool>("--reset") { Description = "Clear all state (databases, keys, tokens) before the start." };
        var demo = new Option<bool>("--demo") { Description = "Call the sample through the gateway, print the answer, stop, exit 0." };
        var portBase = new Option<int>("--port-base")
        {
            Description = "Port of the gateway; the others follow: +1 registry ... +9 runner.",
            DefaultValueFactory = _ => Ports.DefaultBase,
        };
        portBase.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1024 or > 65535 - LastPortOffset) result.AddError($"--port-base is from 1024 to {65535 - LastPortOffset}.");
        });
        var hostOrigins = new Option<string[]>("--host-origin")
        {
            Description = "Origin of a host application of yours that may show extensions' pages, such as http://localhost:3000; may be given again.",
            DefaultValueFactory = _ => [],
        };
        var state = new Option<string?>("--state") { Description = "Folder for all state; .local in the repository when not given." };

        var observe = new Option<bool>("--observe") { Description = "Start Prometheus with the platform's rules; needs Debian's package prometheus. Takes the ports +7, +10 and +11, too." };
        var restart = new Option<bool>("--restart") { Description = "Start a part again that ends, instead of stopping everything." };
        var command = new RootCommand("Starts the whole extension platform on this machine and installs the sample for two demo tenants.")
        {
            reset, demo, portBase, hostOrigins, state, observe, restart,
        };
        command.SetAction((parsed, cancellationToken) => run(
            new PlatformOptions(
                Path.GetFullPath(parsed.GetValue(state) ?? Path.Combine(RepositoryRoot.Find(), ".local")),
                parsed.GetValue(portBase),
                parsed.GetValue(reset),
                parsed.GetValue(demo),
                parsed.GetValue(hostOrigins) ?? [],
                Environment.GetEnvironmentVariable("DATABASE_URL") is { Length: > 0 } url ? url : null)
            {
                Observe = parsed.GetValue(observe),
                Restart = parsed.GetValue(restart),
            },
            cancellationToken));
        return command;
    }
}
