using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.DevHost.Events;
using Alga.Extensions.Runner.Engine;
using Alga.Extensions.Runner.Recordings;

namespace Alga.Extensions.DevHost.Replay;

/// <summary>One replay: the engine of the runner and the recording, and nothing else of a platform.</summary>
internal static class ReplayRun
{
    /// <returns>0 when the guest ran, wherever it went; 1 when it could not.</returns>
    public static async Task<int> RunAsync(ReplayOptions options)
    {
        var events = new EventWriter(Console.Out);
        try
        {
            var recording = RecordingJson.Read(await File.ReadAllBytesAsync(options.Recording).ConfigureAwait(false));
            var secrets = options.Secrets is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(await File.ReadAllBytesAsync(options.Secrets).ConfigureAwait(false)) ?? [];
            var wasm = await File.ReadAllBytesAsync(options.Component).ConfigureAwait(false);
            using var engines = new EngineSet(new EngineOptions { Slots = 1 }, TimeProvider.System);
            if (!engines.ForSize(wasm.Length).Compile(wasm).TryGet(out var guest, out var refusal))
            {
                events.Write("failed", new() { ["message"] = refusal.Message });
                return 1;
            }

            using (guest) Tell(events, recording, Replay(guest, recording, secrets, events));
            return 0;
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            events.Write("failed", new() { ["message"] = exception.Message });
            return 1;
        }
    }

    private static ReplayResult Replay(GuestComponent guest, Recording recording, Dictionary<string, string> secrets, EventWriter events)
    {
        var output = new ReplayOutput(events);
        var host = new ReplayHost(recording, secrets, output, output, (number, call) => events.Write("step", new()
        {
            ["number"] = number,
            ["name"] = call.Name,
            ["arguments"] = call.Arguments?.DeepClone(),
            ["answer"] = call.Answer?.DeepClone(),
            ["tookUs"] = call.TookUs,
        }));
        ReplayResult? result = null;
        var thread = new Thread(() => result = Replayer.Run(guest, recording, host, TimeProvider.System), Invoker.ThreadStackBytes);
        thread.Start();
        thread.Join();
        return result!;
    }

    private static void Tell(EventWriter events, Recording recording, ReplayResult result) => events.Write("ended", new()
    {
        ["same"] = result.IsSameEnd,
        ["end"] = Describe(result.End),
        ["recorded"] = Describe(recording.End),
        ["diverged"] = result.Diverged is { } diverged
            ? new JsonObject { ["step"] = diverged.Step, ["expected"] = diverged.Expected, ["actual"] = diverged.Actual }
            : null,
    });

    private static JsonObject Describe(RecordedEnd end) => new()
    {
        ["status"] = end.Status,
        ["code"] = end.Code,
        ["message"] = end.Message,
        ["headers"] = end.Code is null ? new JsonArray([.. end.Headers.Select(header => new JsonArray(header.Key, header.Value))]) : null,
        ["body"] = end.Body.Text ?? (end.Body.Binary is { } binary ? Convert.ToBase64String(binary) : null),
        ["binary"] = end.Body.Binary is not null,
    };
}
