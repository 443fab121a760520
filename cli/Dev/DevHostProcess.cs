using System.ComponentModel;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Dev;

/// <summary>The local gateway and runner for one extension, as a process that ends with this one.</summary>
internal sealed class DevHostProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient control;
    private readonly Task reading;

    private DevHostProcess(Process process, HttpClient control, DevHostAddress address, Task reading) =>
        (this.process, this.control, Address, this.reading) = (process, control, address, reading);

    public DevHostAddress Address { get; }

    /// <summary>Ends when the process does.</summary>
    public Task Exited => process.WaitForExitAsync();

    /// <summary>Starts it and waits until it can take a bundle.</summary>
    /// <param name="state">Folder for its state.</param>
    /// <param name="publisher">The extension's publisher.</param>
    /// <param name="portBase">Port of the gateway; null for its default.</param>
    /// <param name="fakeWorld">Whether <c>http.fetch</c> is answered from fixtures.</param>
    /// <param name="onEvent">Gets every event but the first, on another thread.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<DevHostProcess> StartAsync(string state, string publisher, int? portBase, bool fakeWorld, Action<JsonObject> onEvent, CancellationToken cancellationToken)
    {
        var program = await DevHostProgram.FindAsync(needsPage: !fakeWorld, cancellationToken).ConfigureAwait(false);
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        List<string> arguments = [program, "--state", state, "--publisher", publisher];
        if (portBase is { } port) arguments.AddRange(["--port-base", $"{port}"]);
        if (fakeWorld) arguments.Add("--fake-world");
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.StartInfo.Environment["ALGA_DEV_TOKEN"] = token;
        var ready = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            process.Start();
            var reading = ReadAsync(process, ready, onEvent);
            var facts = await ready.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            var address = new DevHostAddress(Text(facts, "gateway"), Text(facts, "control"), Text(facts, "page"), Text(facts, "tokenFile"));
            var client = new HttpClient { BaseAddress = new Uri(address.Control + "/"), Timeout = TimeSpan.FromMinutes(2) };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return new DevHostProcess(process, client, address, reading);
        }
        catch (Win32Exception)
        {
            throw new RefusedException(new CliRefusal("tool_missing", "'dotnet' is not installed; 'alga-ext doctor' says what to do."));
        }
        catch
        {
            await StopAsync(process).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Makes a bundle the one that answers; refuses what the platform refuses.</summary>
    /// <param name="bundle">The bundle.</param>
    /// <param name="source">Code for the loader that the bundle has as its component; null where it has the extension's own.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<string> InstallAsync(byte[] bundle, string? source, CancellationToken cancellationToken)
    {
        using var code = new StringContent(source ?? "");
        await SendAsync(HttpMethod.Put, "source", code, cancellationToken).ConfigureAwait(false);
        using var content = new ByteArrayContent(bundle);
        return Text(await SendAsync(HttpMethod.Put, "bundle", content, cancellationToken).ConfigureAwait(false), "contentHash");
    }

    /// <summary>Empties the extension's storage, and gives it settings and a world outside; gives the id of the install to call.</summary>
    public async Task<string> ResetAsync(JsonObject world, CancellationToken cancellationToken)
    {
        using var content = RegistryClient.Json(world);
        return Text(await SendAsync(HttpMethod.Put, "world", content, cancellationToken).ConfigureAwait(false), "installId");
    }

    /// <summary>What the extension asked of the world since.</summary>
    public async Task<JsonArray> ReadFetchesAsync(CancellationToken cancellationToken) =>
        (await SendAsync(HttpMethod.Get, "world", null, cancellationToken).ConfigureAwait(false))["fetches"]!.AsArray();

    public async ValueTask DisposeAsync()
    {
        control.Dispose();
        await StopAsync(process).ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        process.Dispose();
    }

    private async Task<JsonObject> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            using var response = await control.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            var body = text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject ?? [];
            if (response.IsSuccessStatusCode) return body;
            throw new RefusedException(new CliRefusal(body["code"]?.GetValue<string>() ?? "dev_failed", body["message"]?.GetValue<string>() ?? $"The local platform answered {(int)response.StatusCode}."));
        }
        catch (HttpRequestException exception)
        {
            throw new RefusedException(new CliRefusal("dev_failed", $"The local platform does not answer: {exception.Message}"));
        }
    }

    private static async Task ReadAsync(Process process, TaskCompletionSource<JsonObject> ready, Action<JsonObject> onEvent)
    {
        var errors = process.StandardError.ReadToEndAsync();
        while (await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (Parse(line) is not { } facts) continue;
            var kind = facts["event"]?.GetValue<string>();
            if (kind == "ready") ready.TrySetResult(facts);
            else if (kind == "failed" && ready.TrySetException(Failed(Text(facts, "message")))) continue;
            else onEvent(facts);
        }

        ready.TrySetException(Failed("The local platform ended at its start. " + (await errors.ConfigureAwait(false)).Trim()));
    }

    private static JsonObject? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject;
        }
        catch (JsonException)
        {
            // A line of a library that writes to the console; events alone are for us.
            return null;
        }
    }

    private static RefusedException Failed(string message) => new(new CliRefusal("dev_failed", message));

    /// <summary>Its standard input's end tells it to stop, and to stop what it started.</summary>
    private static async Task StopAsync(Process process)
    {
        if (process.HasExited) return;
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static string Text(JsonObject facts, string name) => facts[name]?.GetValue<string>() ?? "";
}
