using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;
using Alga.Extensions.AlgaExt.Dev;

namespace Alga.Extensions.AlgaExt.Replay;

/// <summary><c>alga-ext replay</c>: an execution that was recorded in production, run again on this machine, step for step.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var execution = new Argument<string>("execution") { Description = "The execution's id, as 'alga-ext logs' shows it.", Arity = ArgumentArity.ZeroOrOne };
        execution.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !Guid.TryParseExact(result.Tokens[0].Value, "D", out _)) result.AddError("An execution's id is a UUID, as the list shows it.");
        });
        var recording = new Option<FileInfo>("--recording") { Description = "File with the recording, instead of an id." }.AcceptExistingOnly();
        var folder = new Option<DirectoryInfo>("--folder")
        {
            Description = "The extension's folder, which is built and run; the current one when not given.",
            DefaultValueFactory = _ => new DirectoryInfo(Environment.CurrentDirectory),
        }.AcceptExistingOnly();
        var noBuild = new Option<bool>("--no-build") { Description = "Run what was built before." };
        var bundle = new Option<FileInfo>("--bundle") { Description = "Run this packed bundle instead of the folder." }.AcceptExistingOnly();
        var save = new Option<FileInfo>("--save") { Description = "Write the recording to this file; it can hold personal data." };
        var secrets = SecretsFile.Option();
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        var command = new Command("replay", """
            Runs an execution again that was recorded with the consent of the tenant's admin: the real engine, the recorded
            request, clock, random numbers and answers of the platform. No call leaves this machine. A call that differs from
            the recording ends the replay and is shown with the one expected. The exit code is 0 when all went as recorded, and 1 otherwise.
            A recording has no secrets: [secret] stands in their place, and the extension gets that, or values from --secrets.

            Example: alga-ext replay 019cdfa6-ec00-7000-8000-00000000e8ec --folder my-notes --token-file admin.token
            """)
        {
            execution, recording, folder, noBuild, bundle, save, secrets, registry, tokenFile,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetResult(execution)?.Tokens.Count > 0) == (result.GetResult(recording)?.Tokens.Count > 0)) result.AddError("Give either an execution's id or --recording.");
        });
        return command.Does("Replaying", async (parsed, cancellationToken) =>
        {
            var component = parsed.GetValue(bundle) is { } packed
                ? await ReplayComponent.FromBundleAsync(packed, cancellationToken).ConfigureAwait(false)
                : await BuildAsync(parsed.GetRequiredValue(folder).FullName, parsed.GetValue(noBuild), cancellationToken).ConfigureAwait(false);
            if (parsed.GetValue(secrets) is { } given) SecretsFile.Read(given);
            var json = parsed.GetValue(recording) is { } file
                ? await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false)
                : await DownloadAsync(parsed.GetValue(registry), parsed.GetValue(tokenFile), component.Extension, parsed.GetValue(execution)!, cancellationToken).ConfigureAwait(false);
            var recorded = Parse(json);
            if (recorded["extensionId"]?.ToString() is { } name && name != component.Extension)
            {
                throw new RefusedException(new CliRefusal("replay_failed", $"The recording is of {name}, and this is {component.Extension}."));
            }

            if (parsed.GetValue(save) is { } target) await OutputFile.WriteAsync(target.FullName, secret: true, Encoding.UTF8.GetString(json)).ConfigureAwait(false);
            var events = await RunAsync(json, component.Wasm, parsed.GetValue(secrets), cancellationToken).ConfigureAwait(false);
            return Describe(recorded, events, component.BundleHash is null ? null : component.BundleHash == recorded["contentHash"]?.ToString());
        });
    }

    private static async Task<ReplayComponent> BuildAsync(string folder, bool noBuild, CancellationToken cancellationToken)
    {
        if (!noBuild) await BuildSteps.Read(folder).BuildAsync(cancellationToken).ConfigureAwait(false);
        return ReplayComponent.FromFolder(folder);
    }

    private static async Task<byte[]> DownloadAsync(string? registry, FileInfo? tokenFile, string extension, string execution, CancellationToken cancellationToken)
    {
        using var client = RegistryClient.Open(registry, tokenFile);
        return await client.DownloadAsync($"api/tenant/installs/{Uri.EscapeDataString(extension)}/executions/{execution}/recording", cancellationToken).ConfigureAwait(false);
    }

    private static JsonObject Parse(byte[] json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw new JsonException("It is no object.");
        }
        catch (JsonException exception)
        {
            throw new RefusedException(new CliRefusal("replay_failed", $"The recording cannot be read: {exception.Message}"));
        }
    }

    private static async Task<IReadOnlyList<JsonObject>> RunAsync(byte[] recording, byte[] wasm, FileInfo? secrets, CancellationToken cancellationToken)
    {
        var program = await DevHostProgram.FindAsync(needsPage: false, cancellationToken).ConfigureAwait(false);
        var folder = Directory.CreateTempSubdirectory("alga-replay-");
        try
        {
            var (recordingFile, component) = (Path.Combine(folder.FullName, "recording.json"), Path.Combine(folder.FullName, "component.wasm"));
            await File.WriteAllBytesAsync(recordingFile, recording, cancellationToken).ConfigureAwait(false);
            await File.WriteAllBytesAsync(component, wasm, cancellationToken).ConfigureAwait(false);
            List<string> arguments = [program, "replay", "--recording", recordingFile, "--component", component];
            if (secrets is not null) arguments.AddRange(["--secrets", secrets.FullName]);
            var run = await Tool.TryRunAsync("dotnet", arguments, folder.FullName, cancellationToken).ConfigureAwait(false)
                ?? throw new RefusedException(new CliRefusal("tool_missing", "'dotnet' is not installed; 'alga-ext doctor' says what to do."));
            var events = run.Output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
            if (events.LastOrDefault()?["event"]?.ToString() == "ended") return events;
            throw new RefusedException(new CliRefusal("replay_failed", events.LastOrDefault()?["message"]?.ToString() ?? $"The replay ended by itself: {run.Output.Trim()}"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static CommandResult Describe(JsonObject recording, IReadOnlyList<JsonObject> events, bool? sameBundle)
    {
        var ended = events[^1];
        var same = ended["same"]!.GetValue<bool>();
        return new CommandResult(
            ReplayText.Describe(recording, events, sameBundle),
            new JsonObject
            {
                ["executionId"] = recording["executionId"]?.DeepClone(),
                ["sameBundle"] = sameBundle,
                ["same"] = same,
                ["end"] = ended["end"]?.DeepClone(),
                ["recorded"] = ended["recorded"]?.DeepClone(),
                ["diverged"] = ended["diverged"]?.DeepClone(),
                ["events"] = new JsonArray([.. events.Take(events.Count - 1).Select(facts => facts.DeepClone())]),
            },
            same ? ExitCode.Done : ExitCode.Refused);
    }
}
