using System.CommandLine;
using System.Text.Json.Nodes;
using Alga.Extensions.AlgaExt.Common;

namespace Alga.Extensions.AlgaExt.Doctor;

/// <summary><c>alga-ext doctor</c>: everything that other commands need, each with what to do where it is not in order.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var folder = new Argument<DirectoryInfo>("folder")
        {
            Description = "The extension's folder; the current one when not given.",
            DefaultValueFactory = _ => new DirectoryInfo(Environment.CurrentDirectory),
        }.AcceptExistingOnly();
        var registry = CommonOptions.Registry();
        var tokenFile = CommonOptions.TokenFile();
        var key = SigningKeySource.Option("The signing key to look at.", required: false);
        var passphraseFile = CommonOptions.PassphraseFile();
        return new Command("doctor", """
            Looks at tools and their versions, the registry, the sign-in, the signing key and the manifest, and says what to
            do where something is not in order. The exit code is 1 when there is a fault; what is only missing is none.

            Example: alga-ext doctor my-notes --key key.pem
            """)
        {
            folder, registry, tokenFile, key, passphraseFile,
        }.Does("Looking", async (parsed, cancellationToken) =>
        {
            var root = parsed.GetRequiredValue(folder).FullName;
            List<Check> checks = [.. await ToolChecks.RunAsync(cancellationToken).ConfigureAwait(false)];
            checks.AddRange(await RegistryChecks.RunAsync(parsed.GetValue(registry), parsed.GetValue(tokenFile), cancellationToken).ConfigureAwait(false));
            checks.Add(await KeyCheck.RunAsync(parsed.GetValue(key), parsed.GetValue(passphraseFile), cancellationToken).ConfigureAwait(false));
            checks.AddRange(ExtensionChecks.Run(root));
            return Describe(checks);
        });
    }

    private static CommandResult Describe(List<Check> checks)
    {
        var faults = checks.Count(check => check.State == CheckState.Fault);
        var lines = checks.Select(check => $"{Mark(check.State)} {check.Name,-14} {check.Found}{(check.Todo is null ? "" : "\n                 " + check.Todo)}");
        var facts = new JsonArray([.. checks.Select(check => new JsonObject
        {
            ["name"] = check.Name, ["state"] = check.State.ToString().ToLowerInvariant(), ["found"] = check.Found, ["todo"] = check.Todo,
        })]);
        return new CommandResult(
            $"{string.Join('\n', lines)}\n\n{(faults == 0 ? "Nothing is in the way." : $"{faults} thing(s) to put right.")}",
            new JsonObject { ["checks"] = facts },
            faults == 0 ? ExitCode.Done : ExitCode.Refused);
    }

    private static string Mark(CheckState state) => state switch { CheckState.Ok => "ok", CheckState.Missing => "--", _ => "!!" };
}
