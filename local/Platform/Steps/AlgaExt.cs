using System.Text.Json;
using Alga.Extensions.Services;
using Alga.Extensions.Services.Dotnet;

namespace Alga.Extensions.Platform.Steps;

/// <summary>What <c>alga-ext --json</c> answered.</summary>
/// <param name="Code">Code of a refusal; null for success.</param>
/// <param name="Message">Message of a refusal; empty for success.</param>
internal sealed record CliAnswer(string? Code, string Message);

/// <summary>The publisher's command line, run as anybody would run it.</summary>
internal sealed class AlgaExt(string assembly, string registryUrl, string workingDirectory)
{
    /// <summary>Runs a command that must succeed.</summary>
    /// <exception cref="ServiceException">It was refused.</exception>
    public async Task RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var answer = await TryRunAsync(cancellationToken, arguments).ConfigureAwait(false);
        if (answer.Code is { } code) throw new ServiceException($"alga-ext {arguments[0]} was refused: {code}: {answer.Message}");
    }

    /// <summary>Runs a command that may be refused.</summary>
    public async Task<CliAnswer> TryRunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var environment = new Dictionary<string, string?> { ["ALGA_REGISTRY_URL"] = registryUrl };
        var result = await OneShot.RunAsync(DotnetHost.Path, [assembly, .. arguments, "--json"], workingDirectory, environment, cancellationToken)
            .ConfigureAwait(false);
        if (result.ExitCode == 0) return new CliAnswer(null, "");
        try
        {
            using var body = JsonDocument.Parse(result.Output);
            var error = body.RootElement.GetProperty("error");
            return new CliAnswer(error.GetProperty("code").GetString(), error.GetProperty("message").GetString() ?? "");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ServiceException($"alga-ext {arguments[0]} failed with exit code {result.ExitCode}:\n{result.Output}{result.Error}", exception);
        }
    }
}
