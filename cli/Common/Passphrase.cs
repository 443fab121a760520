using Spectre.Console;

namespace Alga.Extensions.AlgaExt.Common;

/// <summary>The passphrase of a private key, from anywhere but the command line.</summary>
internal static class Passphrase
{
    private const string Variable = "ALGA_KEY_PASSPHRASE";

    /// <summary>Reads it from a file, else from the environment, else asks; null when nobody can be asked.</summary>
    public static async Task<string?> FindAsync(FileInfo? file, string question, CancellationToken cancellationToken)
    {
        if (file is not null) return (await File.ReadAllTextAsync(file.FullName, cancellationToken).ConfigureAwait(false)).TrimEnd('\r', '\n');
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given) return given;
        if (Console.IsInputRedirected || Console.IsErrorRedirected) return null;
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.PromptAsync(new TextPrompt<string>(question).Secret().AllowEmpty(), cancellationToken).ConfigureAwait(false);
    }
}
