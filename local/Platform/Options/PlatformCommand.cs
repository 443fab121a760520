using System.CommandLine;
using System.CommandLine.Parsing;
using Alga.Extensions.Services;

namespace Alga.Extensions.Platform.Options;

/// <summary>The command line of <c>./run</c>.</summary>
internal static class PlatformCommand
{
    private const int LastPortOffset = 13;

    public static RootCommand Create(Func<PlatformOptions, CancellationToken, Task<int>> run)
    {
        var reset = new Option<bool>("--reset") { Description = "Clear all state (databases, keys, tokens) before the start." };
        var demo = new Option<bool>("--demo") { Description = "Call the sample through the gateway, print the answer, stop, exit 0." };
        var build = new Option<bool>("--build") { Description = "Build pages and samples where anything has changed, start nothing, exit 0." };
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
        var two = new Option<bool>("--two") { Description = "Start two gateways and two runners, the second ones at +12 and +13. What distributes requests to them is yours: see --through." };
        var through = new Option<string[]>("--through")
        {
            Description = "FROM:TO=PORT: gateways, the registry or runners reach the runner, postgres or blobs by this port of 127.0.0.1, where something of yours listens; may be given again.",
            DefaultValueFactory = _ => [],
        };
        through.Validators.Add(result => Refuse(result, Detour.Parse, "--through is FROM:TO=PORT, with gateway:runner, gateway:postgres, registry:postgres, registry:blobs, runner:postgres or runner:blobs"));
        var set = new Option<string[]>("--set") { Description = "PART:NAME=VALUE: a setting of one part (gateway, gateway-2, registry, runner, runner-2); may be given again.", DefaultValueFactory = _ => [] };
        set.Validators.Add(result => Refuse(result, PartSetting.Parse, "--set is PART:NAME=VALUE, with the part gateway, gateway-2, registry, runner or runner-2"));
        var command = new RootCommand("Starts the whole extension platform on this machine and installs the sample for two demo tenants.")
        {
            reset, demo, build, portBase, hostOrigins, state, observe, restart, two, through, set,
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
                OnlyBuild = parsed.GetValue(build),
                Observe = parsed.GetValue(observe),
                Restart = parsed.GetValue(restart),
                Two = parsed.GetValue(two),
                Detours = [.. (parsed.GetValue(through) ?? []).Select(text => Detour.Parse(text)!)],
                Settings = [.. (parsed.GetValue(set) ?? []).Select(text => PartSetting.Parse(text)!)],
            },
            cancellationToken));
        return command;
    }

    private static void Refuse(OptionResult result, Func<string, object?> parse, string shape)
    {
        foreach (var token in result.Tokens.Where(token => parse(token.Value) is null)) result.AddError($"{shape}; not '{token.Value}'.");
    }
}
