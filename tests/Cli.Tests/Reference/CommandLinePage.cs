using System.CommandLine;
using System.Globalization;
using System.Text;
using Alga.Extensions.AlgaExt;

namespace Alga.Extensions.Cli.Tests.Reference;

/// <summary>The reference of <c>alga-ext</c>, from what <c>--help</c> is made of.</summary>
internal static class CommandLinePage
{
    public static string Write()
    {
        var page = new StringBuilder();
        page.Append("""
            # Command line reference

            Every command of `alga-ext`, made of the texts of its `--help`. [Write an extension](../writing-extensions.md) and
            [publishing and signing](../publishing.md) show them at work. Each takes `--json` and then answers with one JSON object.


            """);
        var root = AlgaExtCommand.Create();
        AppendText(page, root.Description!);
        foreach (var command in root.Subcommands) Append(page, "alga-ext", command, "##");
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static void Append(StringBuilder page, string parent, Command command, string level)
    {
        var name = $"{parent} {command.Name}";
        var usage = string.Concat(command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues == 0 || argument.HasDefaultValue ? $" [{argument.Name}]" : $" <{argument.Name}>"));
        page.Append(CultureInfo.InvariantCulture, $"{level} `{name}`\n\n");
        AppendText(page, command.Description!);
        if (command.Subcommands.Count > 0)
        {
            foreach (var inner in command.Subcommands) Append(page, name, inner, level + "#");
            return;
        }

        page.Append(CultureInfo.InvariantCulture, $"```\n{name}{usage}{(command.Options.Count > 0 ? " [options]" : "")}\n```\n\n");
        var rows = command.Arguments.Select(argument => $"| `{argument.Name}` | {Text(argument.Description)} |")
            .Concat(command.Options.Where(option => !option.Hidden).Select(Row)).ToList();
        if (rows.Count == 0) return;
        page.Append("| argument or option | what |\n|---|---|\n").AppendJoin('\n', rows).Append("\n\n");
    }

    private static string Row(Option option)
    {
        var names = string.Join(", ", option.Aliases.Prepend(option.Name).Select(name => $"`{name}`"));
        var required = option.Required ? " Required." : "";
        var standard = option is { HasDefaultValue: true, ValueType.Name: "String" or "Int32" } ? $" `{option.GetDefaultValue()}` when not given." : "";
        return $"| {names} | {Text(option.Description)}{required}{standard} |";
    }

    /// <summary>Paragraphs of a description; lines that are indented are commands.</summary>
    private static void AppendText(StringBuilder page, string description)
    {
        foreach (var paragraph in description.ReplaceLineEndings("\n").Split("\n\n"))
        {
            var lines = paragraph.Split('\n');
            var commands = lines.Where(line => line.StartsWith("  ", StringComparison.Ordinal)).ToList();
            var text = lines.Except(commands).Select(Text).ToList();
            if (text is [var example] && example.StartsWith("Example: ", StringComparison.Ordinal)) text = [$"Example: `{example["Example: ".Length..]}`"];
            page.AppendJoin('\n', text).Append("\n\n");
            if (commands.Count > 0) page.Append("```\n").AppendJoin('\n', commands.Select(line => line.Trim())).Append("\n```\n\n");
        }
    }

    /// <summary>Text that Markdown takes as it is.</summary>
    private static string Text(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}
