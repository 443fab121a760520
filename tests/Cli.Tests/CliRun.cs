using System.Text.Json;

namespace Alga.Extensions.Cli.Tests;

/// <summary>One run of the command line in this process.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public string ErrorCode => Json.GetProperty("error").GetProperty("code").GetString()!;

    public static async Task<CliRun> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await AlgaExt.AlgaExtCommand.RunAsync(arguments, output, error);
        return new CliRun(exitCode, output.ToString(), error.ToString());
    }
}
