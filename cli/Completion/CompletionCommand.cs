using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Completion;

/// <summary><c>alga-ext completion</c>: a script that makes a shell complete commands and options.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        _alga_ext() {
          local IFS=$'\n'
          COMPREPLY=($(compgen -W "$("${COMP_WORDS[0]}" "[suggest:$COMP_POINT]" "$COMP_LINE")" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _alga_ext alga-ext
        """;

    private const string Zsh = "autoload -U +X bashcompinit && bashcompinit\n" + Bash;

    public static Command Create()
    {
        var shell = new Argument<string>("shell") { Description = "bash or zsh." }.AcceptOnlyFromAmong("bash", "zsh");
        return new Command("completion", """
            Prints a script that completes commands and options.

            Example: eval "$(alga-ext completion bash)"
            """)
        {
            shell,
        }.Does(null, (parsed, _) =>
        {
            var script = parsed.GetRequiredValue(shell) == "bash" ? Bash : Zsh;
            return Task.FromResult(new CommandResult(script, new JsonObject { ["script"] = script }));
        });
    }
}
