using Alga.Extensions.Platform.Options;
using Alga.Extensions.Services;
using Alga.Extensions.Services.Prometheus;

namespace Alga.Extensions.Platform.Steps;

/// <summary>What must be there before anything is started, so that a missing piece is named at once.</summary>
internal static class Requirements
{
    private static readonly (string Tool, string Install)[] Tools =
    [
        ("node", "Node.js 20.19 or later, https://nodejs.org or your distribution's package nodejs"),
        ("npm", "npm, part of Node.js or your distribution's package npm"),
        ("setsid", "the package util-linux"),
        ("setpriv", "the package util-linux"),
    ];

    /// <exception cref="ServiceException">Names everything that is missing or taken.</exception>
    public static void Check(Ports ports, bool ownPostgres, bool observe, bool two)
    {
        var faults = Needed(observe).Where(tool => !IsInPath(tool.Tool)).Select(tool => $"'{tool.Tool}' is not installed: install {tool.Install}.").ToList();
        foreach (var (service, port) in Listeners(ports, ownPostgres, observe, two).Where(listener => !LoopbackPort.IsFree(listener.Port)))
        {
            faults.Add($"Port {port} for {service} is in use: stop what listens there, or choose other ports with --port-base N.");
        }

        if (faults.Count > 0) throw new ServiceException(string.Join('\n', faults));
    }

    private static IEnumerable<(string Tool, string Install)> Needed(bool observe) =>
        observe ? Tools.Append((PrometheusServer.Program, "the package prometheus")) : Tools;

    private static IEnumerable<(string Service, int Port)> Listeners(Ports ports, bool ownPostgres, bool observe, bool two)
    {
        yield return ("the gateway", ports.Gateway);
        yield return ("the registry", ports.Registry);
        yield return ("the issuer", ports.Issuer);
        yield return ("the key vault", ports.KeyVault);
        yield return ("blob storage", ports.Blob);
        yield return ("queue storage", ports.Queue);
        yield return ("the demo host", ports.DemoHost);
        yield return ("the runner", ports.Runner);
        if (two)
        {
            yield return ("the second gateway", ports.SecondGateway);
            yield return ("the second runner", ports.SecondRunner);
        }

        if (observe)
        {
            yield return ("Prometheus", ports.Prometheus);
            yield return ("the gateway's metrics", ports.GatewayMetrics);
            yield return ("the registry's metrics", ports.RegistryMetrics);
        }

        if (ownPostgres) yield return ("PostgreSQL", ports.Postgres);
    }

    private static bool IsInPath(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, tool)));
}
