using System.CommandLine;
using Alga.Extensions.Platform.Options;

namespace Alga.Extensions.DevHost;

/// <summary>The command line; <c>alga-ext dev</c> and <c>alga-ext test</c> write it.</summary>
internal static class DevHostCommand
{
    private const string TokenVariable = "ALGA_DEV_TOKEN";

    public static RootCommand Create(Func<DevHostOptions, CancellationToken, Task<int>> run)
    {
        var state = new Option<string>("--state") { Description = "Folder for all state.", Required = true };
        var portBase = new Option<int>("--port-base") { Description = "Port of the gateway.", DefaultValueFactory = _ => Ports.DefaultBase + 100 };
        var publisher = new Option<string>("--publisher") { Description = "The extension's publisher.", Required = true };
        var fakeWorld = new Option<bool>("--fake-world") { Description = "Answer http.fetch from fixtures." };
        var command = new RootCommand("Runs one extension under development in the real gateway and runner.") { state, portBase, publisher, fakeWorld };
        command.SetAction((parsed, cancellationToken) =>
        {
            if (Environment.GetEnvironmentVariable(TokenVariable) is not { Length: >= 32 } token)
            {
                Console.Error.WriteLine($"{TokenVariable} is not set, or shorter than 32 characters.");
                return Task.FromResult(2);
            }

            return run(
                new DevHostOptions(
                    Path.GetFullPath(parsed.GetRequiredValue(state)), parsed.GetValue(portBase), parsed.GetRequiredValue(publisher), parsed.GetValue(fakeWorld), token),
                cancellationToken);
        });
        return command;
    }
}
