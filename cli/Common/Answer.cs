using System.Text.Json;
using System.Text.Json.Nodes;

namespace Alga.Extensions.AlgaExt.Common;

/// <summary>What a command did.</summary>
/// <param name="Text">For a person.</param>
/// <param name="Facts">For a program.</param>
/// <param name="ExitCode">One of <see cref="Common.ExitCode"/>: a command that looked and found faults has done its work, and yet says no.</param>
public sealed record CommandResult(string Text, JsonObject Facts, int ExitCode = ExitCode.Done);

/// <summary>
/// Writes the one answer of a command: with <c>--json</c> one object on standard output whatever happens,
/// otherwise text, refusals on standard error.
/// </summary>
public sealed class Answer(TextWriter output, TextWriter error, bool json)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    public void Done(CommandResult result)
    {
        if (!json)
        {
            output.WriteLine(result.Text);
            return;
        }

        var body = new JsonObject { ["ok"] = result.ExitCode == ExitCode.Done };
        foreach (var (name, value) in result.Facts) body[name] = value?.DeepClone();
        output.WriteLine(body.ToJsonString(Readable));
    }

    public void Refuse(CliRefusal refusal)
    {
        if (!json)
        {
            error.WriteLine($"alga-ext: {refusal.Message} [{refusal.Code}]");
            foreach (var fault in refusal.Errors ?? []) error.WriteLine("  " + fault);
            if (refusal.Code == CliRefusal.Usage) error.WriteLine("Try 'alga-ext --help'.");
            return;
        }

        var body = new JsonObject { ["code"] = refusal.Code, ["message"] = refusal.Message };
        if (refusal.Errors is { } errors) body["errors"] = new JsonArray([.. errors.Select(item => JsonValue.Create(item))]);
        output.WriteLine(new JsonObject { ["ok"] = false, ["error"] = body }.ToJsonString(Readable));
    }
}
