using System.CommandLine;

namespace Alga.Extensions.DevHost.Replay;

/// <summary>The command line of a replay; <c>alga-ext replay</c> writes it.</summary>
internal static class ReplayCommand
{
    /// <summary>The first argument that asks for a replay instead of a platform.</summary>
    public const string Name = "replay";

    public static RootCommand Create(Func<ReplayOptions, Task<int>> run)
    {
        var recording = new Option<string>("--recording") { Description = "File with the recording, JSON.", Required = true };
        var component = new Option<string>("--component") { Description = "File with the component.", Required = true };
        var secrets = new Option<string>("--secrets") { Description = "File with an object of secrets by name." };
        var command = new RootCommand("Replays a recorded execution in the real engine.") { recording, component, secrets };
        command.SetAction((parsed, _) => run(new ReplayOptions(parsed.GetRequiredValue(recording), parsed.GetRequiredValue(component), parsed.GetValue(secrets))));
        return command;
    }
}

/// <summary>What is replayed.</summary>
/// <param name="Recording">File with the recording.</param>
/// <param name="Component">File with the component.</param>
/// <param name="Secrets">File with secrets by name; null for none.</param>
internal sealed record ReplayOptions(string Recording, string Component, string? Secrets);
