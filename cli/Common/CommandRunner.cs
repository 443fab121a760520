using System.CommandLine;
using Spectre.Console;

namespace Alga.Extensions.AlgaExt.Common;

/// <summary>The shape of every command: one piece of work, one answer, one exit code.</summary>
internal static class CommandRunner
{
    /// <summary>Sets what a command does.</summary>
    /// <param name="command">The command.</param>
    /// <param name="doing">Shown while it runs, as in <c>Packing</c>; null for a command that may ask for something.</param>
    /// <param name="work">Throws <see cref="RefusedException"/> to refuse.</param>
    public static Command Does(this Command command, string? doing, Func<ParseResult, CancellationToken, Task<CommandResult>> work)
    {
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var json = parsed.GetValue(CommonOptions.Json);
            var answer = new Answer(parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, json);
            try
            {
                var result = await ShowAsync(doing, json, () => work(parsed, cancellationToken)).ConfigureAwait(false);
                answer.Done(result);
                return result.ExitCode;
            }
            catch (RefusedException exception)
            {
                answer.Refuse(exception.Refusal);
                return exception.Refusal.Code == CliRefusal.Usage ? ExitCode.Usage : ExitCode.Refused;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                answer.Refuse(new CliRefusal(CliRefusal.File, exception.Message));
                return ExitCode.Refused;
            }
        });
        return command;
    }

    /// <summary>A spinner for a person at a terminal. It would draw over a prompt.</summary>
    private static Task<CommandResult> ShowAsync(string? doing, bool json, Func<Task<CommandResult>> work)
    {
        if (doing is null || json || Console.IsErrorRedirected) return work();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Status().StartAsync($"{doing} ...", _ => work());
    }
}
